/// Something wrong with a labeling config: a code for programs, a sentence for people, a place.
public struct ConfigProblem: Error, Hashable, Sendable {
    /// What kind of problem it is.
    ///
    /// The texts are part of the HTTP API and never change meaning.
    public enum Code: String, CaseIterable, Sendable {
        /// The text is not well-formed XML, or not UTF-8.
        case xml = "config_xml"
        /// The text declares a document type; that is never allowed.
        case doctype = "config_doctype"
        /// The text, or the number of its tags or attributes, is over the limit.
        case tooLarge = "config_too_large"
        /// Tags stand inside one another too deep.
        case tooDeep = "config_too_deep"
        /// No installed plugin and no built-in knows the tag.
        case tagUnknown = "tag_unknown"
        /// An installed plugin has the tag, and it is not enabled in this project.
        case tagNotEnabled = "tag_not_enabled"
        /// Two tags have the same `name`.
        case nameDuplicate = "name_duplicate"
        /// A `toName` points to no tag of this config.
        case toNameUnknown = "to_name_unknown"
        /// A tag lacks an attribute that it cannot do without.
        case attributeMissing = "attribute_missing"
        /// An attribute's value is one that the tag refuses.
        case attributeInvalid = "attribute_invalid"
        /// The plugin that has the tag refuses the config.
        case refusedByTag = "tag_config_refused"
        /// The plugin that has the tag could not be asked.
        case tagUnavailable = "tag_unavailable"
        /// A change takes away a control that stored annotations use.
        case controlInUse = "controls_in_use"
        /// A change takes away a label that stored annotations use.
        case labelInUse = "labels_in_use"
    }

    public let code: Code
    /// One or two sentences that say what is wrong, with the names concerned.
    public let message: String
    /// Where in the text; `nil` when it concerns the whole.
    public let place: SourcePlace?
    /// What to do about it.
    public let hint: String?
    /// The tag concerned, in the spelling of the config.
    public let tag: String?
    /// For ``Code/tagNotEnabled``: which plugin has the tag and who may enable it.
    public let unavailability: TagUnavailability?

    public init(
        _ code: Code,
        _ message: String,
        at place: SourcePlace? = nil,
        hint: String? = nil,
        tag: String? = nil,
        unavailability: TagUnavailability? = nil
    ) {
        self.code = code
        self.message = message
        self.place = place
        self.hint = hint
        self.tag = tag
        self.unavailability = unavailability
    }
}
