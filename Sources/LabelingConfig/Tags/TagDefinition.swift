public import LabelModel

/// What is known of a tag without running any code: for a plugin's tag, what its manifest says.
public struct TagDefinition: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Shows data of the task.
        case object
        /// Collects results, or is a part of a tag that does, such as `Label`.
        case control
        /// Only arranges.
        case visual
        /// Helps with drawing and has no results of its own.
        case tool
    }

    /// Which tags may stand inside.
    public enum Children: Hashable, Sendable {
        case none
        case any
        /// Only tags of these names. A hint for completion; other tags are not refused.
        case named([String])
    }

    /// A type of result that the tag's regions have.
    public struct ResultType: Hashable, Sendable {
        /// The result's `type`, which is also the key of the tag's own part of `value`.
        public let type: String
        /// A JSON Schema for `value`; `nil` when none is declared.
        public let valueSchema: RawJSON?

        public init(_ type: String, valueSchema: RawJSON? = nil) {
            self.type = type
            self.valueSchema = valueSchema
        }
    }

    /// A number that the tag computes for a result, such as an area.
    public struct Measure: Hashable, Sendable {
        public let name: String
        public let title: String
        /// The unit as shown, such as `ha`; `nil` for a plain number.
        public let unit: String?
        /// How measures of several results become one: `sum`, `mean`, `min`, `max` or `count`.
        public let aggregation: String

        public init(name: String, title: String, unit: String?, aggregation: String) {
            self.name = name
            self.title = title
            self.unit = unit
            self.aggregation = aggregation
        }
    }

    /// The ES module that draws the tag in the browser.
    public struct BrowserModule: Hashable, Sendable {
        /// The revision of the interface between page and module.
        public let apiVersion: Int
        /// An address on this daemon that never changes its content.
        public let url: String
        /// Subresource integrity of every file the module needs, by address.
        public let integrity: [String: String]
        public let styles: [String]
        /// `inline` or `frame`.
        public let isolation: String

        public init(
            apiVersion: Int,
            url: String,
            integrity: [String: String],
            styles: [String] = [],
            isolation: String
        ) {
            self.apiVersion = apiVersion
            self.url = url
            self.integrity = integrity
            self.styles = styles
            self.isolation = isolation
        }
    }

    /// As configs write it; looked up without regard to case.
    public let name: String
    public let kind: Kind
    public let origin: TagOrigin
    public let attributes: [TagAttribute]
    public let children: Children
    /// The tags that this one is a part of; empty when it may stand anywhere.
    public let parents: [String]
    /// The names of the object tags that `toName` may point to; empty for any.
    public let targets: [String]
    /// Empty for tags without results.
    public let resultTypes: [ResultType]
    /// A built-in result type whose value key the tag's results carry too, for readers that do not
    /// know the tag.
    public let standIn: String?
    public let measures: [Measure]
    /// For object tags: what the field of the task's data may hold.
    public let dataTypes: Set<TaskDataType>
    /// For plugins' tags; the app knows how to draw the others.
    public let browserModule: BrowserModule?
    /// The attributes as the manifest's JSON Schema, when it has one.
    public let manifestSchema: RawJSON?

    public init(
        name: String,
        kind: Kind,
        origin: TagOrigin,
        attributes: [TagAttribute] = [],
        children: Children = .none,
        parents: [String] = [],
        targets: [String] = [],
        resultTypes: [ResultType] = [],
        standIn: String? = nil,
        measures: [Measure] = [],
        dataTypes: Set<TaskDataType> = [],
        browserModule: BrowserModule? = nil,
        manifestSchema: RawJSON? = nil
    ) {
        self.name = name
        self.kind = kind
        self.origin = origin
        self.attributes = attributes
        self.children = children
        self.parents = parents
        self.targets = targets
        self.resultTypes = resultTypes
        self.standIn = standIn
        self.measures = measures
        self.dataTypes = dataTypes
        self.browserModule = browserModule
        self.manifestSchema = manifestSchema
    }

    /// The attribute of that name, whatever the case.
    public func attribute(_ name: String) -> TagAttribute? {
        let lowercased = name.lowercased()
        return attributes.first { $0.name.lowercased() == lowercased }
    }
}
