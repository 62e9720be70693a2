public import LabelModel
public import LabelingConfig
import ValueTree

/// A project's labeling config with all that is made from it once and used by everyone.
///
/// A class, because the fast path hands it from cache to caller with one retain.
public final class ProjectSetup: Sendable {
    /// As it was read; its counters are those of that moment.
    public let project: Project
    public let config: LabelingConfig
    /// Label Studio's `parsed_label_config`.
    public let parsedLabelConfig: RawJSON
    /// Label Studio's `control_weights`.
    public let controlWeights: RawJSON

    let resultChecker: ResultChecker
    let dataChecker: TaskDataChecker

    /// Reads the config that a project was saved with.
    init(_ project: Project, registry: TagRegistry) throws(ServiceError) {
        self.project = project
        do {
            let tree = try LabelingConfigParser(limits: .standard)
                .parse(project.settings.labelConfig)
            config = LabelingConfig(tree, registry: registry)
        } catch {
            throw ServiceError(error)
        }
        parsedLabelConfig = config.parsedLabelConfig
        controlWeights = config.controlWeights
        resultChecker = ResultChecker(config)
        dataChecker = TaskDataChecker(config)
    }

    public var registry: TagRegistry { config.registry }

    /// Task data with the config's first field in place of the placeholder, see ``TaskDataKey``.
    func resolved(_ data: RawJSON) -> RawJSON {
        TaskDataKey.resolved(data, firstKey: config.firstDataKey)
    }

    /// Refuses task data that the config cannot show.
    ///
    /// - `pointer`: Of the data in what the client sent.
    func check(data: JSONText, at pointer: String) throws(ServiceError) {
        let problems = dataChecker.problems(in: data)
        guard problems.isEmpty else { throw ServiceError(problems, at: pointer) }
    }
}
