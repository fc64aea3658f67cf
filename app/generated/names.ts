/** The names of the model, exported from Python by app/builder/export.py: do not edit. */

export const TABLES = [
  "accountability",
  "exemption",
  "supervision",
  "guidance",
  "work",
  "behaviour",
  "decision",
  "network",
  "public",
  "career",
  "population",
  "value",
] as const;
export type TableName = (typeof TABLES)[number];

export const PARAMETER_PATHS = [
  "accountability.certainty",
  "accountability.severity",
  "accountability.misconduct_severity",
  "accountability.publicity",
  "accountability.inaction_certainty",
  "accountability.inaction_loss",
  "accountability.inaction_freeze_months",
  "exemption.probability",
  "exemption.access",
  "exemption.evidence_force_majeure",
  "exemption.evidence_complexity",
  "exemption.evidence_ability",
  "exemption.evidence_negligence",
  "exemption.evidence_filing",
  "exemption.filing_cost",
  "exemption.remedy",
  "exemption.correction",
  "exemption.caution",
  "exemption.disclosure",
  "exemption.review_burden",
  "supervision.detection",
  "supervision.red_tape",
  "guidance.flexibility",
  "guidance.local_knowledge",
  "guidance.local_favour",
  "work.urgency",
  "work.haste",
  "work.force_majeure",
  "work.complexity",
  "work.complexity_spread",
  "work.ability_weight",
  "work.negligence",
  "work.care_cost",
  "work.routine_failure",
  "work.routine_care_cost",
  "work.learning_max",
  "work.learning_half",
  "work.diffusion",
  "work.routine_reward",
  "work.routine_effort",
  "work.innovation_effort",
  "work.self_dealing_gain",
  "behaviour.temperature",
  "behaviour.nesting",
  "behaviour.conformity",
  "behaviour.habit",
  "behaviour.prior_strength",
  "behaviour.credence",
  "behaviour.circle",
  "behaviour.weight_own",
  "behaviour.weight_peer",
  "behaviour.weight_national",
  "behaviour.negativity",
  "behaviour.memory_half_life_months",
  "behaviour.routine_open",
  "behaviour.filed_innovation_open",
  "behaviour.self_dealing_open",
  "behaviour.initial_innovation_share",
  "decision.rule",
  "decision.weight",
  "decision.gain_curvature",
  "decision.loss_curvature",
  "decision.gain_elevation",
  "decision.gain_sensitivity",
  "decision.loss_elevation",
  "decision.loss_sensitivity",
  "decision.fear_half_cases",
  "decision.threshold_mean",
  "decision.threshold_sd",
  "decision.aspiration",
  "decision.learning_rate",
  "network.kind",
  "network.neighbours",
  "network.rewiring",
  "network.span",
  "network.blame_down",
  "network.superior_weight",
  "public.tolerance",
  "public.tolerance_weight",
  "public.objectivity",
  "public.reversion",
  "public.gain_success",
  "public.loss_failure",
  "career.ceiling_age",
  "career.retirement_age",
  "population.competence_mu",
  "population.competence_sd",
  "population.loss_aversion_mean",
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
  "value.negligence",
  "value.self_dealing",
  "value.inaction",
  "value.filing",
  "value.case",
  "value.detection",
] as const;
export type ParameterPath = (typeof PARAMETER_PATHS)[number];

export const DECISION_RULES = [
  "expected_utility",
  "prospect",
  "fear",
  "threshold",
  "satisficing",
  "reinforcement",
] as const;
export type RuleName = (typeof DECISION_RULES)[number];

export const MEASURES = [
  "innovation_rate",
  "routine_rate",
  "inaction_rate",
  "lazy_prevalence",
  "lazy_persistence",
  "filed_share",
  "self_dealing_share",
  "success_rate",
  "care",
  "routine_care",
  "failures_force_majeure",
  "failures_complexity",
  "failures_ability",
  "failures_negligence",
  "routine_failures",
  "unpursued_failures",
  "cases",
  "exemptions",
  "wrongful_exemptions",
  "sanctions_failures",
  "sanctions_misconduct",
  "sanctions_inaction",
  "circulars",
  "admonitions",
  "disciplines",
  "organisational_removals",
  "misconduct_first_form",
  "misconduct_second_form",
  "misconduct_third_form",
  "misconduct_fourth_form",
  "removals",
  "retirements",
  "sanctions_per_100_officials_and_year",
  "perceived_accountability",
  "actual_accountability",
  "fear_gap",
  "perceived_exemption",
  "actual_exemption",
  "trust_gap",
  "public_tolerance",
  "nerve",
  "innovation_dispersion",
  "public_value",
] as const;
export type MeasureName = (typeof MEASURES)[number];

export const HEADLINE_MEASURES = [
  "innovation_rate",
  "routine_rate",
  "lazy_prevalence",
  "self_dealing_share",
  "sanctions_per_100_officials_and_year",
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
  "success",
  "force_majeure",
  "complexity",
  "ability",
  "negligence",
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

export const CAUSES = [
  "force_majeure",
  "complexity",
  "ability",
  "negligence",
  "self_dealing",
] as const;
export type CauseName = (typeof CAUSES)[number];

export const RUNGS = [
  "first",
  "second",
  "third",
  "top",
] as const;
export type RungName = (typeof RUNGS)[number];

export const LEAVES = [
  "stays",
  "removed",
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
  "exemption_seen_filed",
  "exemption_denied_filed",
  "exemption_seen_unfiled",
  "exemption_denied_unfiled",
  "inaction_history",
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
  "exempt_negligence",
  "exempt_self_dealing",
  "exempt_honest_unfiled",
  "exempt_honest_filed",
  "up_to_circular",
  "up_to_admonition",
  "up_to_discipline",
  "expected_loss",
  "up_to_first_form",
  "up_to_second_form",
  "up_to_third_form",
  "expected_misconduct_loss",
  "memory_kept",
] as const;
export type PolicyTableField = (typeof POLICY_TABLE_FIELDS)[number];

export const CIRCUMSTANCES = [
  "announced_accountability",
  "announced_exemption_filed",
  "announced_exemption_unfiled",
  "negligence_ratio_filed",
  "negligence_ratio_unfiled",
  "perceived_loss",
  "exempt_self_dealing",
  "expected_misconduct_loss",
  "complexity_now",
  "complexity_in_haste",
  "pursuit",
  "nerve",
  "share_inaction",
  "share_routine",
  "share_innovation",
  "borne",
] as const;
export type CircumstanceName = (typeof CIRCUMSTANCES)[number];

export const OUTLOOK = [
  "drive",
  "complexity",
  "sound",
  "may_file",
  "own_inaction",
  "perceived_accountability",
  "perceived_exemption_filed",
  "perceived_exemption_unfiled",
  "feared_loss",
  "feared_review",
  "routine_stake",
  "routine_care",
  "filed_stake",
  "filed_care",
  "unfiled_stake",
  "unfiled_care",
] as const;
export type OutlookName = (typeof OUTLOOK)[number];

export const TERMS = [
  "reward",
  "private_gain",
  "conformity",
  "habit",
  "effort",
  "red_tape",
  "filing",
  "review",
  "honest_failure",
  "negligence",
  "care",
  "misconduct",
  "inaction",
  "experience",
] as const;
export type TermName = (typeof TERMS)[number];

export const TOLD = [
  "first",
  "second",
] as const;
export type ToldName = (typeof TOLD)[number];

export const MONTH_LUCK = [
  "choice",
  "innovation",
  "duty",
  "urgency",
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
  "is_failure_case",
  "is_misconduct",
  "is_honest",
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
