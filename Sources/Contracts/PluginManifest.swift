public import LabelModel
public import LabelingConfig

/// What a plugin says of itself, read from `manifest.json` without running any of its code.
public struct PluginManifest: Hashable, Sendable {
    /// One interface that the plugin offers under one name.
    public struct Capability: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case exporter = "postil.exporter/1"
            case importSource = "postil.import-source/1"
            case tag = "postil.tag/1"
            case metric = "postil.metric/1"
        }

        /// In which form an exporter wants its tasks.
        public enum Reads: String, Hashable, Sendable {
            case text, tree, both
        }

        public var kind: Kind
        /// Exporters: the format's name, such as `COCO`; unique among all enabled plugins.
        public var name: String
        public var title: String
        public var description: String
        public var mediaTypes: [String]
        /// Exporters: extension of the single file that they write, without a dot.
        public var fileExtension: String?
        /// JSON Schema of the settings, or nil when there are none.
        public var settingsSchema: RawJSON?
        public var reads: Reads
        /// Exporters: what the labeling config must have.
        public var needs: ConfigNeeds

        public init(
            kind: Kind,
            name: String,
            title: String,
            description: String = "",
            mediaTypes: [String] = [],
            fileExtension: String? = nil,
            settingsSchema: RawJSON? = nil,
            reads: Reads = .tree,
            needs: ConfigNeeds = ConfigNeeds()
        ) {
            self.kind = kind
            self.name = name
            self.title = title
            self.description = description
            self.mediaTypes = mediaTypes
            self.fileExtension = fileExtension
            self.settingsSchema = settingsSchema
            self.reads = reads
            self.needs = needs
        }
    }

    /// A file that the browser may load, under its immutable address.
    public struct WebFile: Hashable, Sendable {
        /// Path inside the package, such as `web/satellite-polygon.js`.
        public var path: String
        /// `/plugins/<id>/<sha256>/<path>`.
        public var url: String
        /// Subresource integrity: `sha384-` and base64.
        public var integrity: String

        public init(path: String, url: String, integrity: String) {
            self.path = path
            self.url = url
            self.integrity = integrity
        }
    }

    public var plugin: PluginVersion
    public var name: String
    public var description: String
    public var vendor: String
    public var license: String
    public var capabilities: [Capability]
    /// The manifest's `tags` array as it stands; the tag registry reads it.
    public var tags: [PluginTag]
    /// Metrics that the library has or that are bound to functions of other libraries.
    public var metrics: [PluginMetric]
    public var webFiles: [WebFile]
    /// Parts of pages that the browser shows beside what is there.
    public var panels: [PluginPanel]
    /// The manifest's `permissions` object as it stands.
    public var permissions: RawJSON

    public init(
        plugin: PluginVersion,
        name: String,
        description: String = "",
        vendor: String = "",
        license: String = "",
        capabilities: [Capability] = [],
        tags: [PluginTag] = [],
        metrics: [PluginMetric] = [],
        webFiles: [WebFile] = [],
        panels: [PluginPanel] = [],
        permissions: RawJSON = .emptyObject
    ) {
        self.plugin = plugin
        self.name = name
        self.description = description
        self.vendor = vendor
        self.license = license
        self.capabilities = capabilities
        self.tags = tags
        self.metrics = metrics
        self.webFiles = webFiles
        self.panels = panels
        self.permissions = permissions
    }
}

/// The static part of a tag that a plugin adds.
public struct PluginTag: Hashable, Sendable {
    /// The tag's name in the labeling config.
    public var tag: String
    /// `object`, `control`, `visual` or `tool`.
    public var kind: String
    /// The tag's entry in the manifest's `tags` array as it stands: attributes, children, result
    /// types with value schemas, measures, module, stand-in.
    public var json: RawJSON
    /// The entry as the tag registry takes it, with the addresses of the package's web files.
    public var definition: TagDefinition

    public init(tag: String, kind: String, json: RawJSON, definition: TagDefinition) {
        self.tag = tag
        self.kind = kind
        self.json = json
        self.definition = definition
    }
}

/// A part of a page that a plugin fills, in the browser alone.
public struct PluginPanel: Hashable, Sendable {
    /// Unique in the plugin.
    public var id: String
    /// For people.
    public var title: String
    /// Where it is shown: `editor` or `project`.
    ///
    /// Pages leave out places that they do not have.
    public var place: String
    /// `/plugins/<id>/<sha256>/<path>` of its ES module.
    public var module: String

    public init(id: String, title: String, place: String, module: String) {
        self.id = id
        self.title = title
        self.place = place
        self.module = module
    }
}
