internal import LabelModel
internal import LabelingService

/// What came of taking a project in, for a terminal.
enum UnpackedProjectText {
    /// Counts go to standard output, what asks for somebody's care to standard error.
    static func print(_ unpacked: UnpackedProject) {
        let counts = unpacked.counts
        Terminal.print(
            "project \(unpacked.project.id): \(counts.tasks) tasks, "
                + "\(counts.annotations) annotations, \(counts.versions) earlier states, "
                + "\(counts.drafts) drafts, \(counts.predictions) predictions, "
                + "\(counts.files) files"
        )
        for address in unpacked.placeholders {
            Terminal.complain("\(address) is not known here and cannot sign in")
        }
        for plugin in unpacked.missingPlugins {
            Terminal.complain("the plugin \(plugin) is enabled and not installed")
        }
    }
}
