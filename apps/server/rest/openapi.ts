import { z } from 'zod'
import type { Action, Query } from '../../../kernel/action.ts'
import type { PaperDocument } from '../../../kernel/part.ts'
import type { RecordType } from '../../../kernel/record.ts'
import type { Registry } from '../../../kernel/registry.ts'
import { VERSION } from '../../version.ts'
import { AUDIT_PERMISSION } from './audit.ts'
import { type FieldSchema, fieldsOf, typesOf } from './input.ts'

type Json = Readonly<Record<string, unknown>>

/** All doors as OpenAPI 3.1, from the same schemas that check what comes in; `x-authz` names the permission needed. */
export function openApi(registry: Registry): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const action of registry.actions)
    paths[`/api/${action.name}`] = { post: actionOperation(registry, action) }
  for (const query of registry.queries) paths[`/api/${query.name}`] = { get: queryOperation(query) }
  for (const record of registry.records) Object.assign(paths, recordPaths(registry, record))
  for (const document of registry.documents) Object.assign(paths, documentPaths(document))
  Object.assign(paths, FIXED)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Helmward',
      version: VERSION,
      description:
        'Every action, question and register of this workspace. Refusals are application/problem+json with a stable code, a sentence and the facts.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    tags: registry.rooms.map(({ name, title }) => ({ name, description: title })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'helmward.session_token' },
        dataFolder: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The secret that a running server keeps in its data folder; Helmward-As names the person.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'A token (hw_…) that a person gave.' },
      },
      parameters: PARAMETERS,
      responses: { Refusal: REFUSAL },
      schemas: {
        Problem: PROBLEM,
        Outcome: OUTCOME,
        ...Object.fromEntries(registry.records.map((record) => [record.kind, rowSchema(record)])),
      },
    },
  }
}

function actionOperation(registry: Registry, action: Action): Json {
  return {
    operationId: action.name,
    tags: [registry.roomOfAction(action.name)],
    summary: action.title,
    description: action.about,
    'x-authz': action.allow,
    'x-undo': action.final === undefined ? true : `final: ${action.final}`,
    parameters: [
      refTo('parameters', 'IdempotencyKey'),
      refTo('parameters', 'IfMatch'),
      ...(action.prepare ? [refTo('parameters', 'Prefer')] : []),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(action.input) } } },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: refTo('schemas', 'Outcome') } } },
      ...(action.prepare ? { 202: { description: 'Begun; ask /api/jobs/{id}.' } } : {}),
      default: refTo('responses', 'Refusal'),
    },
  }
}

function queryOperation(query: Query): Json {
  return {
    operationId: query.name,
    tags: [query.name.split('.')[0]],
    summary: query.title,
    description: query.about,
    'x-authz': query.allow,
    parameters: [...fieldParameters(query.input), refTo('parameters', 'AsOf')],
    responses: answered({}),
  }
}

function recordPaths(registry: Registry, record: RecordType): Record<string, Json> {
  const permission = `${registry.roomOfKind(record.kind)}.read`
  const tags = [registry.roomOfKind(record.kind)]
  const base = `/api/records/${record.kind}`
  const row = refTo('schemas', record.kind)
  const common = { tags, 'x-authz': permission }
  const list = {
    type: 'object',
    properties: {
      rows: { type: 'array', items: row },
      page: { type: 'integer' },
      size: { type: 'integer' },
      total: { type: 'integer' },
      seq: { type: 'integer' },
    },
  }
  return {
    [base]: {
      get: {
        ...common,
        operationId: `${record.kind}.register`,
        summary: record.plural,
        description:
          'A page of rows; further fields of the record filter by equality. Accept: text/csv gives all matching rows.',
        parameters: ['Project', 'Page', 'Size', 'Sort', 'Words', 'AsOf', 'Format'].map((name) =>
          refTo('parameters', name),
        ),
        responses: answered(list),
      },
    },
    [`${base}/{id}`]: {
      get: {
        ...common,
        operationId: `${record.kind}.row`,
        summary: `One ${record.title.toLowerCase()}`,
        parameters: [refTo('parameters', 'Id'), refTo('parameters', 'AsOf')],
        responses: { ...answered(row), 304: { description: 'Unchanged (If-None-Match).' } },
      },
    },
    [`${base}/{id}/history`]: {
      get: {
        ...common,
        operationId: `${record.kind}.history`,
        summary: `All versions of one ${record.title.toLowerCase()}`,
        parameters: [refTo('parameters', 'Id')],
        responses: answered({ type: 'object', properties: { versions: { type: 'array' } } }),
      },
    },
  }
}

function documentPaths(document: PaperDocument): Record<string, Json> {
  const operation = (format: string, type: string) => ({
    get: {
      operationId: `${document.name}.${format}`,
      summary: document.title,
      'x-authz': document.allow,
      parameters: [...fieldParameters(document.input), refTo('parameters', 'AsOf')],
      responses: {
        200: { description: document.title, content: { [type]: {} } },
        default: refTo('responses', 'Refusal'),
      },
    },
  })
  return {
    [`/api/documents/${document.name}.html`]: operation('html', 'text/html'),
    [`/api/documents/${document.name}.pdf`]: operation('pdf', 'application/pdf'),
  }
}

function fieldParameters(input: z.ZodType): Json[] {
  const { properties, required } = fieldsOf(input)
  return Object.keys(properties).map((name) => {
    const schema = extended(properties[name] ?? {}) as FieldSchema
    const deep = [...typesOf(schema)].some((type) => type === 'object')
    return {
      name,
      in: 'query',
      required: required.includes(name),
      ...(schema.title ? { description: schema.description ?? schema.title } : {}),
      ...(deep ? { content: { 'application/json': { schema } } } : { schema }),
    }
  })
}

/** A schema as it checks input, with what fields say of themselves as extensions. */
export function schemaOf(type: z.ZodType): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => extend(jsonSchema as Record<string, unknown>),
  }) as Json
  return schema
}

/** A copy of a schema with extensions for what fields say of themselves, at every depth. */
function extended(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(extended)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, extended(value)]))
  extend(copy)
  return copy
}

function extend(schema: Record<string, unknown>): void {
  for (const word of ['unit', 'ref', 'visible', 'personal']) {
    if (schema[word] === undefined) continue
    schema[`x-${word}`] = schema[word]
    delete schema[word]
  }
}

function rowSchema(record: RecordType): Json {
  const fields = schemaOf(record.schema) as { properties?: Json; required?: readonly string[] }
  return {
    title: record.title,
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid' },
      project: { type: ['string', 'null'], format: 'uuid' },
      seq: { type: 'integer', description: 'The change that wrote this version.' },
      ...fields.properties,
    },
    required: ['id', 'project', 'seq', ...(fields.required ?? []).filter((name) => !record.visible[name])],
  }
}

function refTo(section: string, name: string): Json {
  return { $ref: `#/components/${section}/${name}` }
}

function answered(schema: Json): Json {
  return {
    200: { description: 'The answer.', content: { 'application/json': { schema } } },
    default: refTo('responses', 'Refusal'),
  }
}

const inQuery = (name: string, schema: Json, description: string): Json => ({
  name,
  in: 'query',
  required: false,
  schema,
  description,
})

const inHeader = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description,
})

const PARAMETERS: Json = {
  AsOf: inQuery(
    'asOf',
    { type: 'string' },
    'After this change (a number) or at this instant (ISO 8601); absent: now.',
  ),
  Project: inQuery(
    'project',
    { type: 'string' },
    'Rows of this project; `none` for rows that all projects share.',
  ),
  Page: inQuery('page', { type: 'integer', minimum: 1, default: 1 }, 'Page, from 1.'),
  Size: inQuery('size', { type: 'integer', minimum: 1, maximum: 500, default: 100 }, 'Rows a page.'),
  Sort: inQuery(
    'sort',
    { type: 'string' },
    'Fields in order of weight; `-` in front for falling: `-start,name`.',
  ),
  Words: inQuery('q', { type: 'string' }, 'Rows in which some text contains this.'),
  Format: inQuery('format', { enum: ['csv'] }, 'CSV instead of JSON.'),
  Id: { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
  IdempotencyKey: inHeader('Idempotency-Key', 'Asked again with the same key, the first answer is repeated.'),
  IfMatch: inHeader(
    'If-Match',
    'Rows as you saw them, `"<kind>/<id>/<seq>"`, …; 412 when one has changed since.',
  ),
  Prefer: inHeader('Prefer', '`respond-async` begins a job and answers 202.'),
}

const PROBLEM: Json = {
  type: 'object',
  properties: {
    code: { type: 'string', description: 'Stable: room.reason' },
    sentence: { type: 'string' },
    facts: { type: 'object' },
  },
  required: ['code', 'sentence', 'facts'],
}

const REFUSAL: Json = {
  description: 'Refused; nothing was changed.',
  content: { 'application/problem+json': { schema: refTo('schemas', 'Problem') } },
}

const OUTCOME: Json = {
  type: 'object',
  properties: {
    seq: {
      type: 'integer',
      description: 'The change that was written; the head before it when nothing changed.',
    },
    output: {},
    wrote: {
      type: 'array',
      items: {
        type: 'object',
        properties: { kind: { type: 'string' }, id: { type: 'string' }, removed: { type: 'boolean' } },
      },
    },
    repeated: { type: 'boolean' },
  },
  required: ['seq', 'output', 'wrote', 'repeated'],
}

function fixed(operationId: string, summary: string, authz: string, more: Json = {}): Json {
  return { operationId, summary, 'x-authz': authz, responses: answered({}), ...more }
}

function jsonBody(properties: Json, required: readonly string[]): Json {
  const schema = { type: 'object', properties, required, additionalProperties: false }
  return { requestBody: { required: true, content: { 'application/json': { schema } } } }
}

const text = { type: 'string' }
const open = { security: [] }

/** Doors that no room describes. `x-authz`: `anyone`, `signed in`, or a permission. */
const FIXED: Record<string, Record<string, Json>> = {
  '/api/change.undo': {
    post: fixed(
      'change.undo',
      'Undo a change',
      'as the change that is undone',
      jsonBody({ seq: { type: 'integer' } }, ['seq']),
    ),
  },
  '/api/what-if': {
    post: fixed(
      'whatIf',
      'Ask what would be if actions were done; nothing of it stays',
      'as what is supposed and asked',
      jsonBody(
        {
          suppose: {
            type: 'array',
            items: { type: 'object', properties: { action: text, input: { type: 'object' } } },
          },
          ask: { type: 'object', properties: { query: text, input: { type: 'object' } } },
        },
        ['suppose', 'ask'],
      ),
    ),
  },
  '/api/jobs/{id}': {
    get: fixed('job.show', 'How far long work has come', 'signed in', {
      parameters: [refTo('parameters', 'Id')],
    }),
    delete: fixed('job.cancel', 'Give long work up', 'signed in', {
      parameters: [refTo('parameters', 'Id')],
    }),
  },
  '/api/files/plan': {
    post: fixed('files.plan', 'Read a plan file', 'as schedule.import', {
      parameters: [inQuery('name', text, 'Name of the file.')],
      requestBody: { required: true, content: { 'application/octet-stream': {} } },
    }),
  },
  '/api/live': { get: fixed('live', 'News by Server-Sent Events', 'signed in') },
  '/api/me': { get: fixed('me', 'Who I am and what I may do', 'signed in') },
  '/api/me/password': {
    post: fixed(
      'me.password',
      'Set my password',
      'signed in',
      jsonBody({ password: text, present: text }, ['password']),
    ),
  },
  '/api/sign-in': {
    post: fixed('signIn', 'Sign in by password', 'anyone', {
      ...open,
      ...jsonBody({ email: text, password: text }, ['email', 'password']),
    }),
  },
  '/api/sign-in/link': {
    post: fixed('signIn.link', 'Sign in by a one-time link', 'anyone', {
      ...open,
      ...jsonBody({ token: text }, ['token']),
    }),
  },
  '/api/sign-in/link-for': {
    post: fixed(
      'signIn.linkFor',
      'Make a one-time link for a person',
      'people.admin for the workspace',
      jsonBody({ person: text }, ['person']),
    ),
  },
  '/api/sign-out': { post: fixed('signOut', 'Sign out', 'anyone', open) },
  '/api/project.rows': {
    get: fixed('project.rows', 'All rows of a project', 'project.read', {
      parameters: [inQuery('project', text, 'The project.')],
    }),
  },
  '/api/audit.verify': { get: fixed('audit.verify', 'Verify the chain of changes', AUDIT_PERMISSION) },
  '/api/openapi.json': { get: fixed('openapi', 'This description', 'anyone', open) },
}
