import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// One entry of a manifest's `tags`: the static part of a tag, in the manifest's own words.
struct TagDescription: Sendable {
    let tag: String
    let kind: TagDefinition.Kind
    let attributes: [TagAttribute]
    /// The JSON Schema that ``attributes`` were read from.
    let attributesSchema: RawJSON?
    let children: TagDefinition.Children
    let parents: [String]
    let targets: [String]
    let resultTypes: [TagDefinition.ResultType]
    let standIn: String?
    let measures: [TagDefinition.Measure]
    let dataTypes: Set<TaskDataType>
    /// Path of the ES module in the package.
    let module: String?
    let styles: [String]
    let apiVersion: Int
    let isolation: String
    /// The entry as it stands.
    let json: RawJSON
    /// JSON pointer of the entry.
    let pointer: String

    init(_ text: JSONText) throws(PluginError) {
        var object = try ManifestObject(text)
        json = RawJSON(checked: text.rawBytes)
        pointer = text.pointer
        tag = try Self.name(&object)
        guard let kind = try object.word("kind", TagDefinition.Kind.self) else {
            throw .manifest(
                "lacks `kind`",
                at: text.pointer,
                hint: "object, control, visual or tool."
            )
        }
        self.kind = kind
        let schema = try object.object("attributes")
        attributesSchema = schema.map { RawJSON(checked: $0.rawBytes) }
        resultTypes = try Self.resultTypes(&object)
        attributes = try TagAttributesSchema.read(
            schema,
            kind: kind,
            hasResults: !resultTypes.isEmpty
        )
        children = try Self.children(&object)
        parents = try object.strings("parents")
        targets = try object.strings("targets")
        standIn = try object.string("standIn", limit: 64)
        measures = try Self.measures(&object)
        dataTypes = try Self.dataTypes(&object)
        module = try object.string("module", limit: 255)
        styles = try object.strings("styles")
        apiVersion = try object.integer("apiVersion", in: 1...1_000) ?? 1
        isolation = try object.word("isolation", WebIsolation.self)?.rawValue ?? "frame"
        _ = try object.string("title", limit: 256)
        _ = try object.string("description")
        _ = try object.bool("labels")
        try object.refuseUnknown()
    }

    private static func name(_ object: inout ManifestObject) throws(PluginError) -> String {
        let tag = try object.requiredString("tag")
        guard PluginNames.isTagName(tag) else {
            throw .manifest(
                "has `\(tag)` as the name of a tag",
                at: object.text.pointer + "/tag",
                hint: "Letters and digits, a letter first; at most 64 bytes."
            )
        }
        return tag
    }

    private static func children(_ object: inout ManifestObject) throws(PluginError)
        -> TagDefinition.Children
    {
        guard let value = object.value("children") else { return .none }
        switch value.string {
        case "any": return .any
        case "none": return .none
        case _?:
            throw .manifest(
                "has \(value.rawText) as `children`",
                at: value.pointer,
                hint: "\"any\", \"none\" or an array of names of tags."
            )
        case nil: return .named(try object.strings("children"))
        }
    }

    private static func resultTypes(_ object: inout ManifestObject) throws(PluginError)
        -> [TagDefinition.ResultType]
    {
        var types: [TagDefinition.ResultType] = []
        for element in try object.elements("resultTypes") {
            var entry = try ManifestObject(element)
            let type = try entry.requiredString("type", limit: 64)
            let schema = try entry.object("valueSchema")
            try entry.refuseUnknown()
            guard !types.contains(where: { $0.type == type }) else {
                throw .manifest("has the result type `\(type)` twice", at: element.pointer)
            }
            types.append(
                TagDefinition.ResultType(
                    type,
                    valueSchema: schema.map { RawJSON(checked: $0.rawBytes) }
                )
            )
        }
        return types
    }

    private static func measures(_ object: inout ManifestObject) throws(PluginError)
        -> [TagDefinition.Measure]
    {
        var measures: [TagDefinition.Measure] = []
        for element in try object.elements("measures") {
            var entry = try ManifestObject(element)
            let name = try entry.requiredString("name", limit: 64)
            let measure = TagDefinition.Measure(
                name: name,
                title: try entry.string("title", limit: 256) ?? name,
                unit: try entry.string("unit", limit: 32),
                aggregation: try entry.word("aggregation", Aggregation.self)?.rawValue ?? "sum"
            )
            try entry.refuseUnknown()
            guard !measures.contains(where: { $0.name == name }) else {
                throw .manifest("has the measure `\(name)` twice", at: element.pointer)
            }
            measures.append(measure)
        }
        return measures
    }

    private static func dataTypes(_ object: inout ManifestObject) throws(PluginError)
        -> Set<TaskDataType>
    {
        var types: Set<TaskDataType> = []
        for element in try object.elements("dataTypes") {
            guard let type = element.string.flatMap(TaskDataType.init(rawValue:)) else {
                let words = TaskDataType.allCases.map(\.rawValue).joined(separator: ", ")
                throw .manifest(
                    "has \(element.rawText) as a type of data",
                    at: element.pointer,
                    hint: "One of: \(words)."
                )
            }
            types.insert(type)
        }
        return types
    }

    private enum Aggregation: String, CaseIterable {
        case sum, mean, min, max, count
    }

    private enum WebIsolation: String, CaseIterable {
        case inline, frame
    }
}

extension TagDescription {
    /// The tag as the registry takes it.
    ///
    /// - Parameters:
    ///   - plugin: Whose tag it is.
    ///   - pluginName: The plugin's name for people.
    ///   - webFiles: The package's files for the browser.
    /// - Returns: The definition, without a browser module when the tag names none.
    func definition(
        plugin: PluginVersion,
        pluginName: String,
        webFiles: [PluginManifest.WebFile]
    ) -> TagDefinition {
        TagDefinition(
            name: tag,
            kind: kind,
            origin: .plugin(
                TagOrigin.Plugin(id: plugin.id, version: plugin.version, name: pluginName)
            ),
            attributes: attributes,
            children: children,
            parents: parents,
            targets: targets,
            resultTypes: resultTypes,
            standIn: standIn,
            measures: measures,
            dataTypes: dataTypes,
            browserModule: browserModule(webFiles),
            manifestSchema: attributesSchema
        )
    }

    private func browserModule(_ webFiles: [PluginManifest.WebFile])
        -> TagDefinition.BrowserModule?
    {
        guard let module, let file = webFiles.first(where: { $0.path == module }) else {
            return nil
        }
        return TagDefinition.BrowserModule(
            apiVersion: apiVersion,
            url: file.url,
            integrity: Dictionary(uniqueKeysWithValues: webFiles.map { ($0.url, $0.integrity) }),
            styles: webFiles.filter { styles.contains($0.path) }.map(\.url),
            isolation: isolation
        )
    }
}
