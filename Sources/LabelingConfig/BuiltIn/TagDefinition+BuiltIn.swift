/// Short spellings for the tables of built-in tags.
///
/// `shared` takes groups of attributes that several tags have.
extension TagDefinition {
    static func object(
        _ name: String,
        data: Set<TaskDataType> = [.string],
        result: String? = nil,
        children: Children = .none,
        _ attributes: [TagAttribute] = [],
        and shared: [TagAttribute]...
    ) -> TagDefinition {
        TagDefinition(
            name: name,
            kind: .object,
            origin: .builtIn,
            attributes: attributes + shared.flatMap { $0 },
            children: children,
            resultTypes: result.map { [ResultType($0)] } ?? [],
            dataTypes: data
        )
    }

    /// A tag that collects results on `targets`, or on any object when there are none.
    static func control(
        _ name: String,
        on targets: [String] = [],
        data: Set<TaskDataType> = [],
        result: String? = nil,
        children: Children = .none,
        _ attributes: [TagAttribute] = [],
        and shared: [TagAttribute]...
    ) -> TagDefinition {
        TagDefinition(
            name: name,
            kind: .control,
            origin: .builtIn,
            attributes: attributes + shared.flatMap { $0 },
            children: children,
            targets: targets,
            resultTypes: result.map { [ResultType($0)] } ?? [],
            dataTypes: data
        )
    }

    /// A tag that only has a meaning inside certain others.
    static func part(
        _ name: String,
        _ kind: Kind,
        of parents: [String],
        children: Children = .none,
        _ attributes: [TagAttribute] = []
    ) -> TagDefinition {
        TagDefinition(
            name: name,
            kind: kind,
            origin: .builtIn,
            attributes: attributes,
            children: children,
            parents: parents
        )
    }

    static func visual(
        _ name: String,
        data: Set<TaskDataType> = [],
        children: Children = .none,
        _ attributes: [TagAttribute] = [],
        and shared: [TagAttribute]...
    ) -> TagDefinition {
        TagDefinition(
            name: name,
            kind: .visual,
            origin: .builtIn,
            attributes: attributes + shared.flatMap { $0 },
            children: children,
            dataTypes: data
        )
    }
}
