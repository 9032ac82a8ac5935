import { Client } from 'pg'
export const store = Client
