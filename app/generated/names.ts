/** The names of the model, exported from Python by app/builder/export.py: do not edit. */

export const TABLES = [
  "accountability",
  "exemption",
  "supervision",
  "guidance",
  "work",
  "behaviour",
  "public",
  "career",
  "population",
  "value",
] as const;
export type TableName = (typeof TABLES)[number];

export const PARAMETER_PATHS = [
  "accountability.certainty",
  "accountability.severity",
  "accountability.publicity",
  "accountability.inaction_certainty",
  "accountability.inaction_loss",
  "exemption.probability",
  "exemption.access",
  "exemption.evidence_force_majeure",
  "exemption.evidence_complexity",
  "exemption.evidence_ability",
  "exemption.evidence_filing",
  "exemption.filing_cost",
  "exemption.remedy",
  "exemption.disclosure",
  "exemption.review_burden",
  "supervision.detection",
  "supervision.red_tape",
  "guidance.flexibility",
  "work.force_majeure",
  "work.complexity",
  "work.complexity_spread",
  "work.ability_weight",
  "work.learning_max",
  "work.learning_half",
  "work.diffusion",
  "work.routine_failure",
  "work.routine_certainty",
  "work.routine_reward",
  "work.routine_effort",
  "work.innovation_effort",
  "work.self_dealing_gain",
  "work.self_dealing_loss",
  "behaviour.temperature",
  "behaviour.conformity",
  "behaviour.prior_strength",
  "behaviour.credence",
  "behaviour.weight_own",
  "behaviour.weight_peer",
  "behaviour.weight_national",
  "behaviour.negativity",
  "behaviour.memory_half_life_months",
  "behaviour.routine_open",
  "behaviour.filed_innovation_open",
  "behaviour.self_dealing_open",
  "behaviour.initial_innovation_share",
  "public.tolerance",
  "public.tolerance_weight",
  "public.reversion",
  "public.gain_success",
  "public.loss_failure",
  "career.ceiling_age",
  "career.retirement_age",
  "population.competence_mu",
  "population.competence_sd",
  "population.loss_aversion_median",
  "population.loss_aversion_sd",
  "population.public_service_motivation_mean",
  "population.public_service_motivation_sd",
  "population.ambition_mean",
  "population.ambition_sd",
  "population.integrity_mu",
  "population.integrity_sd",
  "value.success",
  "value.routine",
  "value.failure",
  "value.self_dealing",
  "value.inaction",
  "value.filing",
  "value.case",
  "value.detection",
] as const;
export type ParameterPath = (typeof PARAMETER_PATHS)[number];

export const MEASURES = [
  "innovation_rate",
  "routine_rate",
  "inaction_rate",
  "lazy_prevalence",
  "filed_share",
  "self_dealing_share",
  "success_rate",
  "failures_force_majeure",
  "failures_complexity",
  "failures_ability",
  "unpursued_failures",
  "cases",
  "exemptions",
  "wrongful_exemptions",
  "sanctions_innovation",
  "sanctions_routine",
  "sanctions_inaction",
  "reminders",
  "light_sanctions",
  "heavy_sanctions",
  "dismissals",
  "retirements",
  "sanctions_per_100_officials_year",
  "perceived_accountability",
  "perceived_exemption",
  "actual_exemption",
  "trust_gap",
  "public_tolerance",
  "innovation_dispersion",
  "public_value",
] as const;
export type MeasureName = (typeof MEASURES)[number];

export const HEADLINE_MEASURES = [
  "innovation_rate",
  "routine_rate",
  "lazy_prevalence",
  "self_dealing_share",
  "sanctions_per_100_officials_year",
  "trust_gap",
  "public_value",
] as const;
export type HeadlineMeasure = (typeof HEADLINE_MEASURES)[number];

export const ACTIONS = [
  "inaction",
  "routine",
  "innovation",
  "filed_innovation",
  "self_dealing",
] as const;
export type ActionName = (typeof ACTIONS)[number];

export const OUTCOMES = [
  "nothing",
  "called_to_account",
  "routine_sanction",
  "success",
  "force_majeure",
  "complexity",
  "ability",
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

export const CAUSES = [
  "force_majeure",
  "complexity",
  "ability",
  "self_dealing",
] as const;
export type CauseName = (typeof CAUSES)[number];

export const RUNGS = [
  "reminder",
  "light",
  "heavy",
  "dismissal",
] as const;
export type RungName = (typeof RUNGS)[number];

export const LEAVES = [
  "stays",
  "dismissed",
  "retires",
] as const;
export type LeavesName = (typeof LEAVES)[number];

export const OFFICIAL_FIELDS = [
  "competence",
  "loss_aversion",
  "public_service_motivation",
  "ambition",
  "integrity",
  "age",
  "freeze_months",
  "accountability_seen",
  "accountability_spared",
  "exemption_seen",
  "exemption_denied",
  "inaction_share",
] as const;
export type OfficialField = (typeof OFFICIAL_FIELDS)[number];

export const POST_FIELDS = [
  "generation",
  "action",
  "outcome",
  "leaves",
] as const;
export type PostField = (typeof POST_FIELDS)[number];

export const POLICY_TABLE_FIELDS = [
  "complexity",
  "exempt_force_majeure",
  "exempt_complexity",
  "exempt_ability",
  "exempt_filed_force_majeure",
  "exempt_filed_complexity",
  "exempt_filed_ability",
  "exempt_self_dealing",
  "up_to_reminder",
  "up_to_light",
  "up_to_heavy",
  "expected_loss",
  "memory_kept",
] as const;
export type PolicyTableField = (typeof POLICY_TABLE_FIELDS)[number];

export const CIRCUMSTANCES = [
  "announced_accountability",
  "announced_exemption",
  "perceived_loss",
  "unfiled_ratio",
  "exempt_self_dealing",
  "complexity_now",
  "pursuit",
  "share_inaction",
  "share_routine",
  "share_innovation",
] as const;
export type CircumstanceName = (typeof CIRCUMSTANCES)[number];

export const OUTLOOK = [
  "drive",
  "perceived_accountability",
  "perceived_exemption",
  "success",
] as const;
export type OutlookName = (typeof OUTLOOK)[number];

export const TERMS = [
  "reward",
  "private_gain",
  "conformity",
  "effort",
  "red_tape",
  "filing",
  "review",
  "accountability",
  "detection",
] as const;
export type TermName = (typeof TERMS)[number];

export const MONTH_LUCK = [
  "choice",
  "innovation",
  "inaction",
  "routine",
] as const;
export type MonthLuckName = (typeof MONTH_LUCK)[number];

export const CASE_LUCK = [
  "detection",
  "pursuit",
  "exemption",
  "rung",
] as const;
export type CaseLuckName = (typeof CASE_LUCK)[number];

export const DEED_FIELDS = [
  "jurisdiction",
  "generation",
  "action",
  "outcome",
  "is_case",
  "is_exempt",
  "is_unpursued",
  "rung",
  "cause",
  "freeze_months",
] as const;
export type DeedField = (typeof DEED_FIELDS)[number];

export const INTERVAL_FIELDS = [
  "mean",
  "low",
  "high",
  "n",
] as const;
export type IntervalField = (typeof INTERVAL_FIELDS)[number];

export const PAIRED_FIELDS = [
  "reference_mean",
  "mean",
  "difference",
  "low",
  "high",
  "n",
] as const;
export type PairedField = (typeof PAIRED_FIELDS)[number];
