import { mirror } from '../../connectors/jira/jira.ts'
export const sync = mirror
