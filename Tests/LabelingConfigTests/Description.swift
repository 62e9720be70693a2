import LabelModel
import LabelingConfig

/// Values as the texts that golden files hold.
enum Description {
    static func parsing(_ text: String) -> String {
        do throws(ConfigProblem) {
            let tree = try LabelingConfigParser().parse(text)
            return describe(tree.root, indent: "")
                + tree.outerComments.map { "comment \(quoted($0))\n" }.joined()
        } catch {
            return describe(error)
        }
    }

    static func describe(_ problem: ConfigProblem) -> String {
        var lines = "\(problem.code.rawValue) \(describe(problem.place))\n  \(problem.message)\n"
        if let hint = problem.hint { lines += "  \(hint)\n" }
        return lines
    }

    static func describe(_ place: SourcePlace?) -> String {
        place.map { "\($0.line):\($0.column)" } ?? "nowhere"
    }

    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\n", with: "\\n").replacing("\"", with: "\\\"") + "\""
    }

    private static func describe(_ tag: ConfigTag, indent: String) -> String {
        var line = "\(indent)\(tag.name) \(describe(tag.place))"
        for attribute in tag.attributes {
            line += " \(attribute.name)=\(quoted(attribute.value))@\(describe(attribute.place))"
        }
        if let content = tag.content { line += " content \(quoted(content))" }
        return line + "\n" + tag.children.map { describe($0, indent: indent + "  ") }.joined()
    }
}
