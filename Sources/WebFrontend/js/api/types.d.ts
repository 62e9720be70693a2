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
}

export interface Project {
  id: number;
  title: string;
  description: string | null;
  label_config: string;
  parsed_label_config: Record<string, ParsedControl>;
  expert_instruction?: string | null;
  created_at: string;
  created_by?: { id: number; email: string; first_name: string; last_name: string } | null;
  pinned_at?: string | null;
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
  maximum_annotations?: number;
  pinned_at?: string | null;
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
  enabled_in: number[];
  bundled: boolean;
}

/** How a plugin's code has fared since the server started. */
export interface PluginHealth {
  /** Of its last process; null when it has had none. */
  sandbox: "none" | "partial" | "full" | null;
  /** What the sandbox lacks on the server's machine, in sentences. */
  sandbox_missing: string;
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
