/// Something wrong with a result: a code for programs, a sentence for people, a place.
public struct ResultProblem: Error, Hashable, Sendable {
    /// What kind of problem it is.
    ///
    /// The texts are part of the HTTP API and never change meaning.
    public enum Code: String, CaseIterable, Sendable {
        /// `result` is not an array, or an element of it not an object.
        case form = "result_form"
        /// A field that the result cannot do without is not there.
        case fieldMissing = "result_field_missing"
        /// A field holds a value of the wrong type.
        case fieldType = "result_field_type"
        /// No control of the config has this name.
        case fromNameUnknown = "result_from_name_unknown"
        /// The control does not work on this object.
        case toNameWrong = "result_to_name_wrong"
        /// The control does not have results of this type.
        case typeWrong = "result_type_wrong"
        /// A number is outside its range.
        case outOfRange = "result_out_of_range"
        /// The config does not offer this label.
        case labelUnknown = "result_label_unknown"
        /// The config does not offer this choice.
        case choiceUnknown = "result_choice_unknown"
        /// A polygon has fewer than three points.
        case tooFewPoints = "result_too_few_points"
        /// A span ends before it begins or after the text.
        case spanInvalid = "result_span_invalid"
        /// The plugin that has the tag refuses the value.
        case refusedByTag = "result_refused_by_tag"
        /// The plugin that has the tag could not be asked.
        case tagUnavailable = "result_tag_unavailable"
    }

    public let code: Code
    /// A JSON pointer into the `result` array: `/0/value/x`; empty for the array itself.
    public let pointer: String
    /// One or two sentences that say what is wrong, with the values concerned.
    public let message: String
    /// What to do about it.
    public let hint: String?

    public init(_ code: Code, at pointer: String, _ message: String, hint: String? = nil) {
        self.code = code
        self.pointer = pointer
        self.message = message
        self.hint = hint
    }
}
