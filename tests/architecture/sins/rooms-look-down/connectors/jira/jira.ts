export const mirror = 'jira'
