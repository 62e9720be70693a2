extension BuiltInTags {
    /// What is checked of built-in tags' configs and results, by the tag's name.
    static let behaviors: [String: any TagBehavior] = [:]
}
