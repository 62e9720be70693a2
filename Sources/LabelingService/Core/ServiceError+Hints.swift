extension ServiceError {
    /// What to do about an error of this code, for those who threw it without saying so.
    ///
    /// Everything that a client can mend gets a hint; what it cannot mend gets none.
    static func defaultHint(_ kind: Kind, _ code: String) -> String? {
        if let hint = hints[code] { return hint }
        switch kind {
        case .invalid: return "Correct it and send it again. Nothing was changed."
        case .tooLarge: return "Send less at once. Nothing was changed."
        case .unauthenticated, .forbidden, .notFound, .conflict, .failed, .busy, .storageFull:
            return nil
        }
    }

    private static let hints: [String: String] = [
        "json_empty": "Send a JSON value.",
        "json_syntax": "Look for a missing comma, quote or bracket at this place.",
        "json_truncated": "The text was cut off. Send the whole of it.",
        "json_trailing_text": "Send one JSON value. Several tasks go into one list.",
        "json_not_utf8": "Send the text as UTF-8.",
        "json_control_character": "Write line breaks and tabs in texts as \\n and \\t.",
        "json_escape": "Write a backslash in a text as \\\\.",
        "json_number": "JSON knows no NaN and no infinity. Write null, or leave the member out.",
        "json_too_deep": "Put arrays and objects inside one another less deep.",
        "body_not_object": "Send a JSON object, such as {\"result\": []}.",
        "body_not_array": "Send a JSON list, even for one element.",
        "body_field_missing": "Add the member.",
        "body_field_invalid": "Send a value of the kind that is asked for.",
        "task_form": "Send objects, such as {\"data\": {\"image\": \"…\"}}.",
        "import_form": "Send objects, such as [{\"data\": {\"image\": \"…\"}}].",
        "task_data_form": "Send an object with the fields that the labeling config shows.",
        "task_data_missing": "Add the field to the task, or change the labeling config.",
        "task_data_type": "Send a value that the tag can show, or change the labeling config.",
        "csv_quote": "Put quotes around the whole field and double each quote inside it.",
        "csv_ragged_row": "Put fields that contain the separator into quotes.",
        "csv_empty": "Send a header row and at least one row below it.",
        "result_form": "A result is a list of objects with from_name, to_name, type and value.",
        "result_field_missing": "Add the member to the result.",
        "result_field_type": "Send a value of the kind that is asked for.",
        "result_from_name_unknown": "Use the name of a control tag of the labeling config.",
        "result_to_name_wrong": "Use the name that the control's toName says.",
        "result_type_wrong": "Use the control's own type: its tag's name in lower case.",
        "result_out_of_range": "Lengths and places are percentages of the image, 0 to 100.",
        "result_label_unknown": "Use a label that the control offers.",
        "result_choice_unknown": "Use a choice that the control offers.",
        "result_too_few_points": "Draw at least three points.",
        "result_span_invalid": "Start and end count characters of the text; start comes first.",
        "result_refused_by_tag": "Correct the result as the tag asks.",
        "config_xml": "Close every tag, put attribute values into quotes, and write & as &amp;.",
        "config_doctype":
            "Take the DOCTYPE out; entities other than the five of XML are not known.",
        "config_too_large": "Make the labeling config smaller.",
        "config_too_deep": "Put tags inside one another less deep.",
        "tag_unknown": "Look for a misspelling, or install the plugin that has the tag.",
        "tag_not_enabled": "Enable the plugin in this project.",
        "name_duplicate": "Give each tag a name of its own.",
        "to_name_unknown": "Use the name of an object tag of this config.",
        "attribute_missing": "Add the attribute.",
        "task_cannot_be_skipped": "Answer it, or give it back.",
        "settings_invalid": "The exporter's settings schema says what is allowed.",
        "wrong_credentials": "Check both, or ask an administrator for a sign-in link.",
    ]
}
