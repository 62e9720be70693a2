/**
 * Shapes that the server answers with, as far as the pages read them. Label Studio's objects keep
 * its field names; unknown fields are ignored.
 */

/** A sentence about what is wrong, with a code to switch on. */
export interface Reason {
  code: string;
  detail: string;
  hint?: string | null;
}

/** Where in the request the server found the mistake. Lines, columns and rows count from 1. */
export interface Place {
  line?: number;
  column?: number;
  row?: number;
  pointer?: string;
  offset?: number;
}

/** The plugin that an error is about. */
export interface PluginReference {
  id: string;
  version: string;
  name: string;
  state: PluginState;
}

export interface User {
  id: number;
  email: string;
  username?: string;
  first_name: string;
  last_name: string;
  initials?: string;
  last_activity?: string | null;
  date_joined?: string;
  role: "administrator" | "member";
}

export interface Session {
  user: User;
  csrf_token: string;
}

/** One control of a labeling config, as the server reads it. */
export interface ParsedControl {
  type: string;
  to_name: string[];
  inputs: { type: string; value?: string; valueList?: string; valueType?: string }[];
  labels: string[];
  labels_attrs?: Record<string, { background?: string }>;
}

export interface Project {
  id: number;
  title: string;
  description: string | null;
  label_config: string;
  parsed_label_config: Record<string, ParsedControl>;
  expert_instruction?: string | null;
  show_instruction?: boolean;
  show_skip_button?: boolean;
  enable_empty_annotation?: boolean;
  overlap_cohort_percentage?: number;
  /** The order in which tasks are handed out: `Sequential sampling` and its like. */
  sampling?: string;
  skip_queue?: string;
  /** Only its predictions go along with tasks; "" for those of all versions. */
  model_version?: string;
  created_at: string;
  created_by?: { id: number; email: string; first_name: string; last_name: string } | null;
  pinned_at?: string | null;
  archived_at?: string | null;
  maximum_annotations?: number;
  task_number: number | null;
  finished_task_number: number | null;
  total_annotations_number: number | null;
  total_predictions_number: number | null;
}

export interface ProjectPage {
  count: number;
  next: string | null;
  previous: string | null;
  results: Project[];
}

export interface ProjectFields {
  title?: string;
  description?: string;
  label_config?: string;
  expert_instruction?: string;
  show_instruction?: boolean;
  show_skip_button?: boolean;
  enable_empty_annotation?: boolean;
  overlap_cohort_percentage?: number;
  sampling?: string;
  skip_queue?: string;
  model_version?: string;
  maximum_annotations?: number;
  pinned_at?: string | null;
  archived_at?: string | null;
  enable_plugins?: string[];
}

/** A task as the table shows it. `data` holds whatever was imported. */
export interface TaskRow {
  id: number;
  inner_id?: number;
  data: Record<string, unknown>;
  total_annotations: number;
  cancelled_annotations: number;
  total_predictions: number;
  annotations?: { result: unknown; was_cancelled?: boolean }[];
  predictions?: { result: unknown }[];
  is_labeled: boolean;
  completed_at?: string | null;
  created_at: string;
  updated_at: string;
}

export interface TaskPage {
  total: number;
  total_annotations: number;
  total_predictions: number;
  tasks: TaskRow[];
}

export interface ImportAnswer {
  task_count: number;
  annotation_count: number | null;
  prediction_count: number | null;
  duration?: number;
  /** Files by extension, or by the import source that read them. */
  found_formats?: Record<string, number>;
  data_columns?: string[];
  /** What an import source did not understand. */
  losses?: Loss[];
}

/** The part of JSON Schema that settings use; see `widgets/schema-form.js`. */
export interface SettingsSchema {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, SettingsSchema>;
  required?: string[];
  enum?: (string | number)[];
  default?: unknown;
  items?: SettingsSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

export type Settings = Record<string, unknown>;

export interface Exporter {
  name: string;
  title: string;
  description?: string;
  media_type?: string;
  extension?: string;
  plugin: string;
  version: string;
  settings_schema?: SettingsSchema | null;
  settings?: Settings | null;
  enabled: boolean;
  reason?: Reason | string | null;
}

export interface ProjectCapabilities {
  exporters: Exporter[];
  import_sources: Exporter[];
  tags: {
    tag: string;
    plugin: string;
    version: string;
    enabled: boolean;
    reason?: Reason | string | null;
  }[];
}

export type PluginState = "installed" | "allowed" | "refused" | "quarantined" | "retired";

export interface PluginCapability {
  id: string;
  name: string;
  title?: string;
  description?: string;
  settings_schema?: SettingsSchema | null;
}

export interface Plugin {
  id: string;
  version: string;
  name: string;
  description?: string;
  vendor?: string;
  license?: string;
  state: PluginState;
  reason: Reason | null;
  isolation: string;
  runs_in_daemon: boolean;
  health: PluginHealth;
  capabilities: PluginCapability[];
  tags: { tag: string; kind: string }[];
  /** As the manifest asks. */
  permissions: PluginPermissions;
  /** What its processes get; null where it runs inside the server. */
  granted_permissions: PluginPermissions | null;
  enabled_in: number[];
  /** The first hundred of them. */
  uses: { project: number; title: string; user: string | null; at: string }[];
  bundled: boolean;
  trust: PackageTrust;
  /** Address of its content, when it came as a package. */
  digest: string | null;
  last_report: { at: string; report: PluginCheckReport } | null;
}

export interface PluginPermissions {
  network?: boolean | string[];
  scratch?: number;
  memory?: number;
  threads?: number;
}

export interface PackageTrust {
  level: "unsigned" | "signed" | "trusted" | "bundled";
  fingerprint: string | null;
  key_name: string | null;
}

export interface PluginCheckReport {
  kind: "verification" | "self_test";
  passed: boolean;
  checks: { id: string; verdict: "passed" | "failed" | "skipped"; detail: string }[];
}

/** What the verification of an uploaded package found. */
export interface PackageReport {
  id: string | null;
  version: string | null;
  passed: boolean;
  was_installed: boolean;
  digest: string | null;
  trust: PackageTrust;
  checks: {
    id: string;
    verdict: "passed" | "failed" | "skipped";
    detail: string;
    code: string | null;
    hint: string | null;
  }[];
  permissions: PluginPermissions;
}

export interface PluginUpgrade {
  id: string;
  version: string;
  report: PluginCheckReport;
  moved: number[];
  kept: { project: number; version: string; reason: Reason }[];
}

export interface PluginEvent {
  id: string;
  version: string;
  change: "installed" | "removed" | "state" | "health" | "usage" | "reloaded" | "build_failed";
  state: PluginState | null;
  detail: string | null;
}

export interface AuditEntry {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  project: number | null;
  detail: Record<string, unknown>;
}

/** How a plugin's code has fared since the server started. */
export interface PluginHealth {
  /** Of its last process; null when it has had none. */
  sandbox: "none" | "partial" | "full" | null;
  /** What the sandbox lacks on the server's machine, in sentences. */
  sandbox_missing: string;
  /** Exports, imports and metrics that are under way. */
  active_runs: number;
  crashes: number;
  refused_calls: number;
  last_crash: {
    detail: string;
    function: string | null;
    task: number | null;
    signal: number | null;
    place: string | null;
  } | null;
  /** Why the server does not use it until it starts again. */
  quarantine: string | null;
}

export interface ProjectPlugin {
  id: string;
  version: string;
  name: string;
  description?: string;
  state: PluginState;
  enabled: boolean;
  /** By capability name. */
  settings?: Record<string, Settings> | null;
  settings_schema?: Record<string, SettingsSchema> | null;
  capabilities?: PluginCapability[];
  tags?: { tag: string; kind: string }[];
  reason?: Reason | string | null;
}

/** Something that an export format could not hold. */
export interface Loss {
  code: string;
  message: string;
  count: number;
}

/** A tag that a labeling config may use, as the registry describes it. */
export interface TagDescription {
  tag: string;
  kind: "object" | "control" | "visual" | "tool";
  builtin: boolean;
  plugin: string | null;
  version: string | null;
  attributes?: { properties?: Record<string, SettingsSchema>; required?: string[] };
  children?: "any" | string[];
  available: boolean;
  reason?: Reason | string | null;
}
