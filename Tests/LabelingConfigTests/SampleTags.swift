import LabelModel
import LabelingConfig

extension TagDefinition {
    /// A control tag as a plugin would add it.
    static func sample(_ name: String) -> TagDefinition {
        TagDefinition(
            name: name,
            kind: .control,
            origin: .plugin(.init(id: "org.example.sample", version: "1.2.0", name: "Sample")),
            attributes: [
                TagAttribute("name", .identifier, required: true),
                TagAttribute("toName", .reference, required: true),
                TagAttribute("minArea", .number, default: "0", summary: "In hectares."),
            ],
            children: .named(["Label"]),
            targets: ["Image"],
            resultTypes: [ResultType(name.lowercased())],
            standIn: "polygonlabels"
        )
    }
}

extension TagRegistry {
    /// The built-in tags, `SamplePolygon` of an enabled plugin, and `OtherPolygon` of one that is
    /// not enabled.
    static let withSampleTags: TagRegistry = {
        let other = UnavailableEntry(
            .sample("OtherPolygon"),
            TagUnavailability(
                plugin: .init(id: "org.example.other", version: "0.9.0", name: "Other shapes"),
                state: "allowed",
                reason: "It is installed and allowed.",
                whoCanEnable: "An owner of the project can enable it under Settings, Plugins."
            )
        )
        let sample = Entry(.sample("SamplePolygon"), behavior: PickyBehavior())
        do {
            return try builtIn.adding([sample], unavailable: [other])
        } catch {
            preconditionFailure("the sample tags are in each other's way: \(error)")
        }
    }()
}

/// Refuses a negative `minArea` and tiny results, and doubles coarse ones into huge.
struct PickyBehavior: TagBehavior {
    func problems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem] {
        guard let attribute = tag.attribute("minArea"), attribute.value.hasPrefix("-") else {
            return []
        }
        return [
            ConfigProblem(
                .refusedByTag,
                "minArea must not be negative.",
                at: attribute.place,
                tag: tag.name
            )
        ]
    }

    func problems(
        with results: TagResults
    ) async throws(TagBehaviorFailure) -> [ResultProblem] {
        results.entries.filter { $0.json.text.contains("\"tiny\"") }.map {
            ResultProblem(.refusedByTag, at: "/\($0.index)/value", "The area is too small.")
        }
    }
}

extension PickyBehavior {
    func normalized(_ results: TagResults) async throws(TagBehaviorFailure) -> [RawJSON?] {
        results.entries.map { entry in
            let changed = entry.json.text.replacing("coarse", with: "huge")
            return changed == entry.json.text ? nil : RawJSON(checked: Array(changed.utf8))
        }
    }
}

/// A plugin that cannot be asked.
struct BrokenBehavior: TagBehavior {
    private let failure = TagBehaviorFailure(
        code: "plugin_timeout",
        message: "The plugin did not answer within 2 seconds.",
        hint: "Try again later."
    )

    func problems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem] { throw failure }

    func problems(
        with results: TagResults
    ) async throws(TagBehaviorFailure) -> [ResultProblem] { throw failure }
}
