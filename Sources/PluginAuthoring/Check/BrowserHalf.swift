import Contracts
import LabelModel
import ValueTree

/// Runs the pure functions of a tag's ES module under Node, on the cases of a sample.
struct BrowserHalf {
    enum Answer {
        /// The cases with results as the module writes them.
        case made([UInt8])
        case failed([String])
        /// There is no module, or nothing to run it with.
        case missing(String)
    }

    let toolkit: PluginToolkit
    let package: String
    let scratch: String

    func results(
        of tag: String,
        _ manifest: PluginManifest,
        cases: (json: [UInt8], isOwn: Bool)
    ) -> Answer {
        let entry = manifest.tags.first { $0.tag.lowercased() == tag.lowercased() }
        let text = entry.flatMap { try? JSONText(parsing: $0.json.bytes) }
        guard let module = text?["module"]?.string else {
            return .missing("The tag has no module.")
        }
        guard cases.isOwn else {
            return .missing("The plugin has no samples/cases.json, so there is nothing to compare.")
        }
        let folder = scratch + "/browser"
        do throws(AuthoringError) {
            Folder.remove(folder)
            try Folder.make(folder)
            try Folder.copy(package + "/web", to: folder + "/web")
            // Node takes a `.js` file for a module only where a package.json says so.
            try Folder.write(Array(#"{"type":"module"}"#.utf8), to: folder + "/package.json")
            try Folder.write(cases.json, to: folder + "/cases.json")
        } catch {
            return .missing(error.message)
        }
        let outcome = ChildProcess(
            toolkit.programs.node,
            [toolkit.browserHalf, folder + "/" + module, folder + "/cases.json", toolkit.webFiles],
            deadlineSeconds: 30
        ).run()
        guard let outcome, outcome.end != .exit(127) else {
            return .missing(
                "Node is not there (`\(toolkit.programs.node)`); NODE names another one."
            )
        }
        guard outcome.isSuccess else {
            return .failed(outcome.output.split(separator: "\n").prefix(8).map(String.init))
        }
        return .made(Array(outcome.output.utf8))
    }
}
