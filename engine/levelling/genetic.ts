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
  /** Share of the first population that is built from the end. */
  readonly backShare: number
  /** Blur of the priorities of the first population, as a share of the critical path. */
  readonly blur: number
  readonly children: number
  readonly windowFrom: number
  readonly windowTo: number
  readonly mutation: number
  readonly moves: number
  /** Of how many windows the busiest is taken; 0: of all. */
  readonly peakTries: number
  /** How much more the busiest resources count in a window than the others: a power of their load. */
  readonly scarcity: number
  /** How much of the mother's own use in a window is taken off the father's: he gives where he is fuller than she. */
  readonly contrast: number
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
  const sides: [Member[], Member[]] = [[], []]
  for (const { member, backward } of firstMembers(search)) {
    const mirrored = newMember(core)
    search.child.set(member.list)
    if (goOn()) decodeInto(search, search.child, mirrored, !backward)
    sides[backward ? 1 : 0].push(member)
    sides[backward ? 0 : 1].push(mirrored)
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

type First = { readonly member: Member; readonly backward: boolean }

/** Multiples of it, without their whole part, fill 0 to 1 evenly: a share of the first members is spread over them. */
const GOLDEN = 0.618034

/** The best of the samples: from either end, a share by the parallel scheme, the rest by the serial one. */
function firstMembers(search: Search): First[] {
  const { decoder, random, settings, goOn, guide } = search
  const { core } = decoder
  const firsts: First[] = []
  const wanted = settings.population * settings.samples
  for (let i = 0; i < wanted && goOn(); i++) {
    const backward = Math.floor((i + 1) * settings.backShare) > Math.floor(i * settings.backShare)
    const direction = backward ? core.backward : core.forward
    const member = newMember(core)
    firsts.push({ member, backward })
    const given = i === 0 ? guide.list : undefined
    if (given) search.child.set(given)
    else sampleList(decoder, direction, random, i < 2 ? 0 : settings.blur, search.child)
    if ((i * GOLDEN) % 1 < settings.parallelShare && !given) {
      if (guide.urgency) byUrgency(search.child, guide.urgency, backward ? 'urgentLast' : 'urgentFirst')
      member.makespan = decodeParallel(decoder, direction, search.child, member.finish)
      finishMember(search, member, backward)
    } else decodeInto(search, search.child, member, backward)
  }
  if (firsts.length > settings.population) firsts.sort((one, other) => one.member.score - other.member.score)
  return firsts.slice(0, settings.population)
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
  /** The same, the busiest resources counting more. */
  readonly pressure: Float64Array
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
    weight: demandOf(core, 0),
    pressure: demandOf(core, settings.scarcity),
    spare: [newMember(core), newMember(core)],
  }
}

/** Demand of each job over all resources relative to capacity, each resource counting by a power of its load. */
function demandOf(core: Core, power: number): Float64Array {
  const { count, resourceCount, demand, capacity, duration } = core
  const share = (i: number, r: number) =>
    (demand[i * resourceCount + r] as number) / Math.max(1, capacity[r] as number)
  const load = new Float64Array(resourceCount)
  for (let i = 0; i < count; i++)
    for (let r = 0; r < resourceCount; r++)
      load[r] = (load[r] as number) + share(i, r) * (duration[i] as number)
  const most = load.reduce((one, other) => Math.max(one, other), Number.MIN_VALUE)
  const sums = new Float64Array(count)
  for (let i = 0; i < count; i++)
    for (let r = 0; r < resourceCount; r++)
      sums[i] = (sums[i] as number) + share(i, r) * ((load[r] as number) / most) ** power
  return sums
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
  const { from, to } = busyWindow(search, father, mother)
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

/** A window of random length where the father's resources are used most, the mother's use in it held against it. */
function busyWindow(search: Search, father: Member, mother: Member): { from: number; to: number } {
  const { use, random, settings } = search
  const { makespan } = father
  const share = settings.windowFrom + random.fraction() * (settings.windowTo - settings.windowFrom)
  const length = Math.max(1, Math.round(share * makespan))
  // Differences first, then two running sums: use before each moment.
  use.fill(0, 0, makespan + 2)
  addUse(search, father.finish, makespan, 1)
  if (settings.contrast > 0) addUse(search, mother.finish, makespan, -settings.contrast)
  let rate = 0
  let total = 0
  for (let at = 1; at <= makespan; at++) {
    rate += use[at] as number
    total += rate
    use[at] = total
  }
  use[0] = 0
  const from = busiest(use, length, makespan - length, settings.peakTries, random)
  return { from, to: from + length }
}

/** Adds what a schedule uses, as differences at the moments where it changes; what ends after `makespan` is moved before it. */
function addUse(search: Search, finish: Int32Array, makespan: number, share: number): void {
  const { use, pressure, decoder } = search
  const { count, duration } = decoder.core
  for (let i = 0; i < count; i++) {
    const end = Math.min(makespan, finish[i] as number)
    const start = end - (duration[i] as number)
    const own = share * (pressure[i] as number)
    use[start + 1] = (use[start + 1] as number) + own
    use[end + 1] = (use[end + 1] as number) - own
  }
}

/** Where of all windows, or of some tries, the most is used; `use` holds running sums. */
function busiest(use: Float64Array, length: number, last: number, tries: number, random: Random): number {
  let from = 0
  let most = Number.NEGATIVE_INFINITY
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
  return from
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
