/**
 * The order of elements in the MSPDI schema (learn.microsoft.com, "Introduction to Project XML Data", mspdi_pj12
 * with the additions of Project 2010 and later). Microsoft Project reads a sequence, so the writer keeps to it.
 */
const order = (names: string): string[] => names.trim().split(/\s+/)

export const elementOrder = {
  Project: order(`
    SaveVersion BuildNumber UID Name GUID Title Subject Category Company Manager Author CreationDate Revision
    LastSaved ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol
    CurrencyCode CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek
    DaysPerMonth DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat
    WorkFormat EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary
    MultipleCriticalPaths NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks SpreadActualCost
    SpreadPercentComplete TaskUpdatesResource FiscalYearStart WeekStartDay MoveCompletedEndsBack
    MoveRemainingStartsBack MoveRemainingStartsForward MoveCompletedEndsForward BaselineForEarnedValue
    AutoAddNewResourcesAndTasks StatusDate CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate
    NewTasksAreManual DefaultTaskEVMethod ProjectExternallyEdited ExtendedCreationDate ActualsInSync
    RemoveFileProperties AdminProject UpdateManuallyScheduledTasksWhenEditingLinks
    KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled BaselineCalendar Views Filters Groups Tables Maps Reports
    Drawings DataLinks VBAProjects OutlineCodes WBSMasks ExtendedAttributes Calendars Tasks Resources Assignments`),
  Calendar: order(`
    UID GUID Name IsBaseCalendar IsBaselineCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks`),
  Task: order(`
    UID GUID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority
    Start Finish Duration StartText FinishText DurationText ManualStart ManualFinish ManualDuration DurationFormat
    FreeformDurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated Milestone
    Summary DisplayAsSummary Critical IsSubproject IsSubprojectReadOnly SubprojectName ExternalTask
    ExternalTaskProject EarlyStart EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance
    FreeSlack TotalSlack StartSlack FinishSlack FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost
    OvertimeCost OvertimeWork ActualStart ActualFinish ActualDuration ActualCost ActualOvertimeCost ActualWork
    ActualOvertimeWork RegularWork RemainingDuration RemainingCost RemainingWork RemainingOvertimeCost
    RemainingOvertimeWork ACWP CV ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments
    LevelingCanSplit LevelingDelay LevelingDelayFormat PreLeveledStart PreLeveledFinish Hyperlink HyperlinkAddress
    HyperlinkSubAddress IgnoreResourceCalendar Notes HideBar Rollup BCWS BCWP PhysicalPercentComplete
    EarnedValueMethod PredecessorLink ActualWorkProtected ActualOvertimeWorkProtected ExtendedAttribute Baseline
    OutlineCode IsPublished StatusManager CommitmentStart CommitmentFinish CommitmentType TimephasedData`),
  Resource: order(`
    UID GUID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup EmailAddress
    Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits OverAllocated AvailableFrom AvailableTo Start
    Finish CanLevel AccrueAt Work RegularWork OvertimeWork ActualWork RemainingWork ActualOvertimeWork
    RemainingOvertimeWork PercentWorkComplete StandardRate StandardRateFormat Cost OvertimeRate OvertimeRateFormat
    OvertimeCost CostPerUse ActualCost ActualOvertimeCost RemainingCost RemainingOvertimeCost WorkVariance
    CostVariance SV CV ACWP CalendarUID Notes BCWS BCWP IsGeneric IsInactive IsEnterprise BookingType
    ActualWorkProtected ActualOvertimeWorkProtected ActiveDirectoryGUID CreationDate ExtendedAttribute Baseline
    OutlineCode CostCenter IsCostResource AssnOwner AssnOwnerGuid IsBudget AvailabilityPeriods Rates
    TimephasedData`),
  Assignment: order(`
    UID GUID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualOvertimeCost ActualOvertimeWork
    ActualStart ActualWork ACWP Confirmed Cost CostRateTable RateScale CostVariance CV Delay Finish FinishVariance
    Hyperlink HyperlinkAddress HyperlinkSubAddress WorkVariance HasFixedRateUnits FixedMaterial LevelingDelay
    LevelingDelayFormat LinkedFields Milestone Notes Overallocated OvertimeCost OvertimeWork PeakUnits RegularWork
    RemainingCost RemainingOvertimeCost RemainingOvertimeWork RemainingWork ResponsePending Start Stop Resume
    StartVariance Summary SV Units UpdateNeeded VAC Work WorkContour BCWS BCWP BookingType ActualWorkProtected
    ActualOvertimeWorkProtected CreationDate AssnOwner AssnOwnerGuid BudgetCost BudgetWork ExtendedAttribute
    Baseline TimephasedData`),
  Baseline: order(`
    TimephasedData Number Interim Start Finish Duration DurationFormat EstimatedDuration Work Cost BCWS BCWP
    FixedCost`),
} as const

export type EntityName = keyof typeof elementOrder

const positions = new Map<EntityName, Map<string, number>>()
for (const entity of Object.keys(elementOrder) as EntityName[]) {
  positions.set(entity, new Map(elementOrder[entity].map((name, at) => [name, at])))
}

/** Place of an element among its siblings; elements the schema does not know stand last. */
export function elementPosition(entity: EntityName, element: string): number {
  return positions.get(entity)?.get(element) ?? elementOrder[entity].length
}

/** Fields a program calculates and that are not modelled: stale once their owner or its dates were edited. */
export const calculatedElements: Record<'Task' | 'Resource' | 'Assignment', ReadonlySet<string>> = {
  Task: new Set(
    order(`
    StartText FinishText DurationText ManualDuration FreeformDurationFormat ResumeValid OverAllocated StartVariance
    FinishVariance WorkVariance Cost OvertimeCost OvertimeWork ActualCost ActualOvertimeCost ActualOvertimeWork
    RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork ACWP CV BCWS BCWP PreLeveledStart
    PreLeveledFinish TimephasedData`),
  ),
  Resource: new Set(
    order(`
    PeakUnits OverAllocated Start Finish Work RegularWork OvertimeWork ActualWork RemainingWork ActualOvertimeWork
    RemainingOvertimeWork PercentWorkComplete Cost OvertimeCost ActualCost ActualOvertimeCost RemainingCost
    RemainingOvertimeCost WorkVariance CostVariance SV CV ACWP BCWS BCWP TimephasedData`),
  ),
  Assignment: new Set(
    order(`
    ActualCost ActualOvertimeCost ACWP Cost CostVariance CV FinishVariance WorkVariance Overallocated OvertimeCost
    PeakUnits RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork StartVariance SV VAC BCWS BCWP`),
  ),
}
