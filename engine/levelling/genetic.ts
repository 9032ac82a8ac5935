import { type Decoder, decodeSerial, listByFinish } from './decode.ts'
import type { Core } from './problem.ts'
import type { Random } from './random.ts'
import { decodeParallel, sampleList } from './sampling.ts'

/** A schedule in the time of its own direction, and the list that decodes it the other way. */
type Member = {
  readonly finish: Int32Array
  readonly list: Int32Array
  makespan: number
  score: number
}

export type GeneticSettings = {
  readonly population: number
  /** So many first members a place are tried, the best kept. */
  readonly samples: number
  /** Share of the first population made by the parallel scheme. */
  readonly parallelShare: number
  /** Blur of the priorities of the first population, as a share of the critical path. */
  readonly blur: number
  readonly children: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly mutation: number
  readonly moves: number
  /** Of how many windows the busiest is taken; 0: of all. */
  readonly peakTries: number
  /** Chance that a child worse than the one that stands takes its place all the same. */
  readonly acceptWorse: number
  /** Of how many the best becomes the father. */
  readonly tournament: number
  /** After so many generations without a better schedule the search begins anew. */
  readonly patience: number
}

/** What a search is told beyond the problem. */
export type Guide = {
  /** The class of each job, 0 the most urgent: a more urgent job is always placed first. */
  readonly urgency?: Int32Array
  /** A list to begin with. */
  readonly list?: Int32Array
}

/** What a search has found so far; `finish` in forward time. */
export type Found = {
  makespan: number
  readonly finish: Int32Array
  schedules: number
}

/**
 * Bi-population genetic search with a peak crossover (after Debels & Vanhoucke, Operations Research 55, 2007, and
 * Valls, Ballestín & Quintanilla, EJOR 185, 2008): schedules of the forward population beget children that are
 * decoded backward and the other way round, so that each child is also a justification of its mother.
 */
export function geneticSearch(
  decoder: Decoder,
  random: Random,
  settings: GeneticSettings,
  found: Found,
  goOn: () => boolean,
  guide: Guide = {},
): void {
  const search = newSearch(decoder, random, settings, found, goOn, guide)
  while (goOn()) evolve(search)
}

/** One population from its first members until it finds nothing better any more. */
function evolve(search: Search): void {
  const { decoder, settings, goOn } = search
  const { core } = decoder
  const sides: [Member[], Member[]] = [firstMembers(search), []]
  for (const member of sides[0]) {
    const mirrored = newMember(core)
    search.child.set(member.list)
    if (goOn()) decodeInto(search, search.child, mirrored, true)
    sides[1].push(mirrored)
  }
  if (!goOn()) return
  let best = Number.POSITIVE_INFINITY
  let idle = 0
  for (let backward = true; goOn() && idle < settings.patience; backward = !backward) {
    generation(search, sides[backward ? 1 : 0], sides[backward ? 0 : 1], !backward)
    const now = sides[backward ? 0 : 1].reduce((least, one) => Math.min(least, one.score), best)
    idle = now < best ? 0 : idle + 1
    best = now
  }
}

/** The best of the samples: a share by the parallel scheme, the rest by the serial one. */
function firstMembers(search: Search): Member[] {
  const { decoder, random, settings, goOn, guide } = search
  const { core } = decoder
  const members: Member[] = []
  const wanted = settings.population * settings.samples
  for (let i = 0; i < wanted && goOn(); i++) {
    const member = newMember(core)
    members.push(member)
    if (i === 0 && guide.list) search.child.set(guide.list)
    else sampleList(decoder, core.forward, random, i < 2 ? 0 : settings.blur, search.child)
    if (guide.urgency) byUrgency(search.child, guide.urgency, 'urgentFirst')
    if (i < wanted * settings.parallelShare && !(i === 0 && guide.list)) {
      member.makespan = decodeParallel(decoder, core.forward, search.child, member.finish)
      finishMember(search, member, false)
    } else decodeInto(search, search.child, member, false)
  }
  if (members.length > settings.population) members.sort((one, other) => one.score - other.score)
  return members.slice(0, settings.population)
}

type Search = {
  readonly decoder: Decoder
  readonly random: Random
  readonly settings: GeneticSettings
  readonly found: Found
  readonly goOn: () => boolean
  readonly guide: Guide
  readonly child: Int32Array
  readonly inWindow: Uint8Array
  readonly use: Float64Array
  /** Demand of a job over all resources, each relative to its capacity. */
  readonly weight: Float64Array
  spare: [Member, Member]
}

function newSearch(
  decoder: Decoder,
  random: Random,
  settings: GeneticSettings,
  found: Found,
  goOn: () => boolean,
  guide: Guide,
): Search {
  const { core } = decoder
  const weight = new Float64Array(core.count)
  for (let i = 0; i < core.count; i++)
    for (let r = 0; r < core.resourceCount; r++)
      weight[i] =
        (weight[i] as number) +
        (core.demand[i * core.resourceCount + r] as number) / Math.max(1, core.capacity[r] as number)
  return {
    decoder,
    random,
    settings,
    found,
    goOn,
    guide,
    child: new Int32Array(core.count),
    inWindow: new Uint8Array(core.count),
    use: new Float64Array(core.horizon + 2),
    weight,
    spare: [newMember(core), newMember(core)],
  }
}

function newMember(core: Core): Member {
  return {
    finish: new Int32Array(core.count),
    list: new Int32Array(core.count),
    makespan: 0,
    score: 0,
  }
}

function decodeInto(search: Search, list: Int32Array, member: Member, backward: boolean): void {
  const { decoder, guide } = search
  const { forward, backward: mirrored } = decoder.core
  if (guide.urgency) byUrgency(list, guide.urgency, backward ? 'urgentLast' : 'urgentFirst')
  member.makespan = decodeSerial(decoder, backward ? mirrored : forward, list, member.finish)
  finishMember(search, member, backward)
}

/** Sorts a list by class, keeping the order within. Who is placed first from behind ends up last. */
function byUrgency(list: Int32Array, urgency: Int32Array, way: 'urgentFirst' | 'urgentLast'): void {
  const sign = way === 'urgentFirst' ? 1 : -1
  list.sort((one, other) => sign * ((urgency[one] as number) - (urgency[other] as number)))
}

/** Below the makespan, schedules are told apart by how early the demanding jobs stand. */
function finishMember(search: Search, member: Member, backward: boolean): void {
  const { decoder, found, weight } = search
  const { finish, makespan } = member
  const { count, duration } = decoder.core
  found.schedules++
  listByFinish(decoder, finish, makespan, member.list)
  let early = 0
  for (let i = 0; i < count; i++)
    early += ((finish[i] as number) - (duration[i] as number)) * (weight[i] as number)
  member.score = makespan + early * 1e-7
  if (makespan >= found.makespan) return
  found.makespan = makespan
  for (let i = 0; i < count; i++)
    found.finish[i] = backward
      ? makespan - (finish[i] as number) + (duration[i] as number)
      : (finish[i] as number)
}

/** Every parent begets its children; the best of them takes the place across, unless the best of all stands there. */
function generation(search: Search, parents: Member[], others: Member[], backward: boolean): void {
  const { random, settings, goOn } = search
  const size = parents.length
  let best = 0
  for (let i = 1; i < size; i++) if ((others[i] as Member).score < (others[best] as Member).score) best = i
  for (let i = 0; i < size; i++) {
    const mother = parents[i] as Member
    let father = parents[random.below(size)] as Member
    for (let t = 1; t < settings.tournament; t++) {
      const rival = parents[random.below(size)] as Member
      if (rival.score < father.score) father = rival
    }
    let chosen: Member | undefined
    for (let c = 0; c < settings.children; c++) {
      if (!goOn()) return
      if ((c & 1) === 0) cross(search, mother, father)
      else cross(search, father, mother)
      if (settings.mutation > 0 && random.fraction() < settings.mutation) mutate(search)
      const slot = search.spare[chosen === search.spare[0] ? 1 : 0]
      decodeInto(search, search.child, slot, backward)
      if (!chosen || slot.score < chosen.score) chosen = slot
    }
    if (!chosen) continue
    const standing = others[i] as Member
    const worse = chosen.score >= standing.score
    if (worse && (i === best || random.fraction() >= settings.acceptWorse)) continue
    others[i] = chosen
    if (chosen.score < (others[best] as Member).score) best = i
    if (chosen === search.spare[0]) search.spare = [standing, search.spare[1]]
    else search.spare = [search.spare[0], standing]
  }
}

/** The mother's jobs after the father's busiest window, the father's jobs that run in it, the rest of the mother's. */
function cross(search: Search, mother: Member, father: Member): void {
  const { child, inWindow, decoder } = search
  const { count, duration } = decoder.core
  const { from, to } = busyWindow(search, father)
  for (let job = 0; job < count; job++) {
    const finish = father.finish[job] as number
    inWindow[job] = finish > from && finish - (duration[job] as number) < to ? 1 : 0
  }
  let filled = 0
  let k = 0
  for (; k < count; k++) {
    const job = mother.list[k] as number
    if ((mother.finish[job] as number) <= to) break
    if (inWindow[job] === 0) child[filled++] = job
  }
  for (let f = 0; f < count; f++) {
    const job = father.list[f] as number
    if (inWindow[job] === 1) child[filled++] = job
  }
  for (; k < count; k++) {
    const job = mother.list[k] as number
    if (inWindow[job] === 0) child[filled++] = job
  }
}

/** A window of random length where the father's resources are used most. */
function busyWindow(search: Search, father: Member): { from: number; to: number } {
  const { use, weight, decoder, random, settings } = search
  const { count, duration } = decoder.core
  const { finish, makespan } = father
  const share = settings.windowFrom + random.fraction() * (settings.windowTo - settings.windowFrom)
  const length = Math.max(1, Math.round(share * makespan))
  // Differences first, then two running sums: use before each moment.
  use.fill(0, 0, makespan + 2)
  for (let i = 0; i < count; i++) {
    const end = finish[i] as number
    const start = end - (duration[i] as number)
    const own = weight[i] as number
    use[start + 1] = (use[start + 1] as number) + own
    use[end + 1] = (use[end + 1] as number) - own
  }
  let rate = 0
  let total = 0
  for (let at = 1; at <= makespan; at++) {
    rate += use[at] as number
    total += rate
    use[at] = total
  }
  use[0] = 0
  const last = makespan - length
  let from = 0
  let most = -1
  const tries = settings.peakTries
  if (tries === 0)
    for (let at = 0; at <= last; at++) {
      const inside = (use[at + length] as number) - (use[at] as number)
      if (inside > most) {
        most = inside
        from = at
      }
    }
  for (let t = 0; t < tries; t++) {
    const at = random.below(last + 1)
    const inside = (use[at + length] as number) - (use[at] as number)
    if (inside > most) {
      most = inside
      from = at
    }
  }
  return { from, to: from + length }
}

/** A few jobs move a short way in the list. */
function mutate(search: Search): void {
  const { child, random, settings, decoder } = search
  const { count } = decoder.core
  for (let m = 0; m < settings.moves; m++) {
    const from = random.below(count)
    const way = 1 + random.below(Math.max(1, count >> 3))
    const to = random.below(2) === 0 ? Math.max(0, from - way) : Math.min(count - 1, from + way)
    const job = child[from] as number
    if (to < from) child.copyWithin(to + 1, to, from)
    else child.copyWithin(from, from + 1, to + 1)
    child[to] = job
  }
}
