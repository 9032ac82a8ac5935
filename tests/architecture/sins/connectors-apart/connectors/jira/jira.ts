import { send } from '../slack/slack.ts'
export const mirror = send
