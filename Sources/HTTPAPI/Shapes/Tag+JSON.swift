internal import LabelModel
internal import LabelingConfig
internal import LabelingService

extension TagReport {
    /// A tag as the config editor and the labeling editor need it.
    func write(to writer: inout JSONWriter) {
        let tag = definition
        writer.object { writer in
            writer.member("tag", tag.name)
            writer.member("kind", tag.kind.rawValue)
            writer.member("builtin", tag.origin.plugin == nil)
            writer.member("plugin", tag.origin.plugin?.id)
            writer.member("version", tag.origin.plugin?.version)
            tag.browserModule.write(to: &writer)
            writer.member("attributes", tag.attributesSchema)
            writer.key("children")
            tag.children.write(to: &writer)
            writer.key("parents")
            writer.strings(tag.parents)
            writer.key("targets")
            writer.strings(tag.targets)
            writer.key("resultTypes")
            writer.array { writer in
                for type in tag.resultTypes {
                    writer.object { writer in
                        writer.member("type", type.type)
                        writer.member("valueSchema", raw: type.valueSchema)
                    }
                }
            }
            writer.member("standIn", tag.standIn)
            writer.key("measures")
            writer.array { writer in
                for measure in tag.measures { measure.write(to: &writer) }
            }
            writer.member("available", isAvailable)
            writer.key("reason")
            reason.write(to: &writer)
        }
    }

    /// The short entry among a project's capabilities.
    func writeShort(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("tag", definition.name)
            writer.member("plugin", definition.origin.plugin?.id)
            writer.member("version", definition.origin.plugin?.version)
            writer.member("enabled", isAvailable)
            writer.key("reason")
            reason.write(to: &writer)
        }
    }
}

extension TagDefinition.BrowserModule? {
    /// Writes the members that say how the browser loads the tag; null for built-in tags.
    fileprivate func write(to writer: inout JSONWriter) {
        guard let module = self else {
            writer.nullMember("apiVersion")
            writer.nullMember("module")
            writer.key("integrity")
            writer.object { _ in }
            writer.key("styles")
            writer.array { _ in }
            writer.nullMember("isolation")
            return
        }
        writer.member("apiVersion", module.apiVersion)
        writer.member("module", module.url)
        writer.key("integrity")
        writer.object { writer in
            for (url, integrity) in module.integrity.sorted(by: { $0.key < $1.key }) {
                writer.key(url)
                writer.value(integrity)
            }
        }
        writer.key("styles")
        writer.strings(module.styles)
        writer.member("isolation", module.isolation)
    }
}

extension TagDefinition.Children {
    /// `"any"`, or the names of the tags that may stand inside.
    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .none: writer.array { _ in }
        case .any: writer.value("any")
        case .named(let names): writer.strings(names)
        }
    }
}

extension TagDefinition.Measure {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("title", title)
            writer.member("unit", unit)
            writer.member("aggregation", aggregation)
        }
    }
}
