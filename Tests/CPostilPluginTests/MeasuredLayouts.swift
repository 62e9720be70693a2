import CPostilPlugin

/// A structure as this compiler lays it out.
struct MeasuredLayout {
    let text: String

    /// Measures a structure.
    ///
    /// - Parameters:
    ///   - name: Its name in C.
    ///   - type: The structure.
    ///   - fields: Names and key paths, in order.
    init<Structure>(
        _ name: String,
        _ type: Structure.Type,
        _ fields: [(String, PartialKeyPath<Structure>)]
    ) {
        var lines = ["\(name) \(MemoryLayout<Structure>.size) \(MemoryLayout<Structure>.alignment)"]
        for (field, path) in fields {
            let offset = MemoryLayout<Structure>.offset(of: path) ?? -1
            lines.append("    \(field) \(offset) \(Self.size(Swift.type(of: path).valueType))")
        }
        text = lines.joined(separator: "\n")
    }

    private static func size(_ type: Any.Type) -> Int {
        func size<Value>(_ type: Value.Type) -> Int { MemoryLayout<Value>.size }
        return _openExistential(type, do: size)
    }
}

/// Every structure of the headers.
let measuredLayouts: [MeasuredLayout] = unsafe [
    MeasuredLayout(
        "postil_bytes_t",
        postil_bytes_t.self,
        [
            ("bytes", \.bytes),
            ("count", \.count),
        ]
    ),
    MeasuredLayout(
        "postil_error_t",
        postil_error_t.self,
        [
            ("size", \.size),
            ("status", \.status),
            ("task_id", \.task_id),
            ("code", \.code),
            ("pointer", \.pointer),
            ("message", \.message),
        ]
    ),
    MeasuredLayout(
        "postil_host_t",
        postil_host_t.self,
        [
            ("size", \.size),
            ("abi", \.abi),
            ("context", \.context),
            ("name", \.name),
            ("version", \.version),
            ("get_service", \.get_service),
            ("log", \.log),
        ]
    ),
    MeasuredLayout(
        "postil_plugin_t",
        postil_plugin_t.self,
        [
            ("size", \.size),
            ("abi", \.abi),
            ("abi_minimum", \.abi_minimum),
            ("reserved", \.reserved),
            ("id", \.id),
            ("version", \.version),
            ("get_capability", \.get_capability),
        ]
    ),
    MeasuredLayout(
        "postil_problem_t",
        postil_problem_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("code", \.code),
            ("pointer", \.pointer),
            ("message", \.message),
            ("hint", \.hint),
        ]
    ),
    MeasuredLayout(
        "postil_problems_t",
        postil_problems_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("report", \.report),
        ]
    ),
    MeasuredLayout(
        "postil_node_t",
        postil_node_t.self,
        [
            ("kind", \.kind),
            ("flags", \.flags),
            ("key", \.key),
            ("length", \.length),
            ("payload", \.payload),
        ]
    ),
    MeasuredLayout(
        "postil_blob_t",
        postil_blob_t.self,
        [
            ("handle", \.handle),
            ("byte_count", \.byte_count),
        ]
    ),
    MeasuredLayout(
        "postil_result_text_t",
        postil_result_text_t.self,
        [
            ("annotation_id", \.annotation_id),
            ("offset", \.offset),
            ("length", \.length),
        ]
    ),
    MeasuredLayout(
        "postil_root_t",
        postil_root_t.self,
        [
            ("task_id", \.task_id),
            ("project_id", \.project_id),
            ("revision", \.revision),
            ("updated_at_us", \.updated_at_us),
            ("node_offset", \.node_offset),
            ("text_offset", \.text_offset),
            ("text_length", \.text_length),
            ("data_offset", \.data_offset),
            ("data_length", \.data_length),
            ("results_offset", \.results_offset),
            ("results_count", \.results_count),
            ("annotation_count", \.annotation_count),
        ]
    ),
    MeasuredLayout(
        "postil_key_entry_t",
        postil_key_entry_t.self,
        [
            ("offset", \.offset),
            ("length", \.length),
        ]
    ),
    MeasuredLayout(
        "postil_arena_header_t",
        postil_arena_header_t.self,
        [
            ("magic", \.magic),
            ("layout", \.layout),
            ("header_size", \.header_size),
            ("byte_count", \.byte_count),
            ("roots_offset", \.roots_offset),
            ("root_count", \.root_count),
            ("root_size", \.root_size),
            ("keys_offset", \.keys_offset),
            ("first_key", \.first_key),
            ("key_count", \.key_count),
            ("reserved", \.reserved),
        ]
    ),
    MeasuredLayout(
        "postil_batch_t",
        postil_batch_t.self,
        [
            ("size", \.size),
            ("key_count", \.key_count),
            ("arena_borrowed", \.arena_borrowed),
            ("arena_size", \.arena_size),
            ("key_names_borrowed", \.key_names_borrowed),
            ("sequence", \.sequence),
        ]
    ),
    MeasuredLayout(
        "postil_value_t",
        postil_value_t.self,
        [
            ("batch", \.batch),
            ("node", \.node),
        ]
    ),
    MeasuredLayout(
        "postil_member_t",
        postil_member_t.self,
        [
            ("name", \.name),
            ("value", \.value),
            ("key", \.key),
        ]
    ),
    MeasuredLayout(
        "postil_walk_t",
        postil_walk_t.self,
        [
            ("batch", \.batch),
            ("at", \.at),
            ("end", \.end),
        ]
    ),
    MeasuredLayout(
        "postil_builder_t",
        postil_builder_t.self,
        [
            ("size", \.size),
            ("status", \.status),
            ("arena", \.arena),
            ("used", \.used),
            ("capacity", \.capacity),
            ("byte_limit", \.byte_limit),
            ("byte_target", \.byte_target),
            ("open", \.open),
            ("depth", \.depth),
            ("root_capacity", \.root_capacity),
            ("root_count", \.root_count),
            ("root_is_open", \.root_is_open),
            ("pending_key", \.pending_key),
            ("reserved", \.reserved),
            ("grow_context", \.grow_context),
            ("grow", \.grow),
        ]
    ),
    MeasuredLayout(
        "postil_json_text_t",
        postil_json_text_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("render", \.render),
        ]
    ),
    MeasuredLayout(
        "postil_keys_t",
        postil_keys_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("intern", \.intern),
        ]
    ),
    MeasuredLayout(
        "postil_media_t",
        postil_media_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("media_open", \.media_open),
            ("media_close", \.media_close),
        ]
    ),
    MeasuredLayout(
        "postil_sinks_t",
        postil_sinks_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("sink_open", \.sink_open),
            ("sink_write", \.sink_write),
            ("sink_close", \.sink_close),
        ]
    ),
    MeasuredLayout(
        "postil_loss_t",
        postil_loss_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("task_id", \.task_id),
            ("count", \.count),
            ("code", \.code),
            ("message", \.message),
        ]
    ),
    MeasuredLayout(
        "postil_losses_t",
        postil_losses_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("report", \.report),
        ]
    ),
    MeasuredLayout(
        "postil_exporter_open_t",
        postil_exporter_open_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("name", \.name),
            ("context_borrowed", \.context_borrowed),
            ("keys", \.keys),
            ("sinks", \.sinks),
            ("losses", \.losses),
            ("media", \.media),
            ("cancel", \.cancel),
        ]
    ),
    MeasuredLayout(
        "postil_exporter_t",
        postil_exporter_t.self,
        [
            ("size", \.size),
            ("reads", \.reads),
            ("reserved", \.reserved),
            ("open", \.open),
            ("consume", \.consume),
            ("finish", \.finish),
            ("abort", \.abort),
            ("close", \.close),
        ]
    ),
    MeasuredLayout(
        "postil_inputs_t",
        postil_inputs_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("count", \.count),
            ("name", \.name),
            ("kind", \.kind),
            ("byte_count", \.byte_count),
            ("reference", \.reference),
            ("descriptor", \.descriptor),
            ("map", \.map),
            ("release", \.release),
        ]
    ),
    MeasuredLayout(
        "postil_import_open_t",
        postil_import_open_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("name", \.name),
            ("context_borrowed", \.context_borrowed),
            ("checkpoint_borrowed", \.checkpoint_borrowed),
            ("inputs", \.inputs),
            ("cancel", \.cancel),
        ]
    ),
    MeasuredLayout(
        "postil_import_source_t",
        postil_import_source_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("open", \.open),
            ("next", \.next),
            ("checkpoint", \.checkpoint),
            ("close", \.close),
        ]
    ),
    MeasuredLayout(
        "postil_tag_call_t",
        postil_tag_call_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("tag", \.tag),
            ("element_borrowed", \.element_borrowed),
            ("data_borrowed", \.data_borrowed),
            ("result_borrowed", \.result_borrowed),
        ]
    ),
    MeasuredLayout(
        "postil_tag_t",
        postil_tag_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("validate_config", \.validate_config),
            ("validate_result", \.validate_result),
            ("normalize", \.normalize),
            ("measures", \.measures),
        ]
    ),
    MeasuredLayout(
        "postil_settings_t",
        postil_settings_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("validate", \.validate),
        ]
    ),
    MeasuredLayout(
        "postil_metric_parts_t",
        postil_metric_parts_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("context", \.context),
            ("report", \.report),
        ]
    ),
    MeasuredLayout(
        "postil_metric_call_t",
        postil_metric_call_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("pair", \.pair),
            ("task", \.task),
            ("first", \.first),
            ("second", \.second),
            ("parts", \.parts),
        ]
    ),
    MeasuredLayout(
        "postil_metric_batch_t",
        postil_metric_batch_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("roots_borrowed", \.roots_borrowed),
            ("count", \.count),
            ("tasks_borrowed", \.tasks_borrowed),
            ("first_borrowed", \.first_borrowed),
            ("second_borrowed", \.second_borrowed),
            ("scores", \.scores),
            ("parts", \.parts),
        ]
    ),
    MeasuredLayout(
        "postil_metric_open_t",
        postil_metric_open_t.self,
        [
            ("size", \.size),
            ("reserved", \.reserved),
            ("name", \.name),
            ("context_borrowed", \.context_borrowed),
            ("keys", \.keys),
            ("cancel", \.cancel),
        ]
    ),
    MeasuredLayout(
        "postil_metric_t",
        postil_metric_t.self,
        [
            ("size", \.size),
            ("subject", \.subject),
            ("flags", \.flags),
            ("reserved", \.reserved),
            ("minimum", \.minimum),
            ("maximum", \.maximum),
            ("open", \.open),
            ("score", \.score),
            ("score_batch", \.score_batch),
            ("close", \.close),
        ]
    ),
]
