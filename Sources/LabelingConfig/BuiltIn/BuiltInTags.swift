/// The tags that Postil brings along, for a registry to be filled with.
///
/// The tables list every tag of the open Label Studio editor with its attributes, and those of its
/// paid edition that templates use. They say what a tag is; what Postil checks of its results is in
/// the behaviors.
public enum BuiltInTags {
    /// An entry for each built-in tag, by family.
    public static let all: [TagRegistry.Entry] = families.flatMap { $0 }.map {
        TagRegistry.Entry($0, behavior: behaviors[$0.name])
    }

    private static let families = [
        layoutTags, mediaTags, documentTags, timeSeriesTags, shapeTags, shapeLabelTags, spanTags,
        filmTags, classificationTags, comparisonTags, customTags,
    ]
}

extension TagRegistry {
    /// The built-in tags alone.
    public static let builtIn: TagRegistry = {
        do throws(DuplicateTag) {
            return try TagRegistry(BuiltInTags.all)
        } catch {
            preconditionFailure("two built-in tags are called \(error.name)")
        }
    }()
}
