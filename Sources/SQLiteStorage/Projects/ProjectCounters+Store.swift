import Contracts
import LabelModel

extension ProjectCounters {
    /// Adds these to the counters of a project, in the transaction of what they count.
    func add(to project: ProjectID, on connection: Connection) throws(StorageError) {
        guard self != ProjectCounters() else { return }
        try connection.run(
            ProjectSQL.addToCounters,
            tasks,
            finishedTasks,
            tasksWithAnnotations,
            annotations,
            usefulAnnotations,
            groundTruths,
            skippedAnnotations,
            predictions,
            project
        )
    }

    var negated: ProjectCounters {
        var counters = ProjectCounters()
        counters.tasks = -tasks
        counters.finishedTasks = -finishedTasks
        counters.tasksWithAnnotations = -tasksWithAnnotations
        counters.annotations = -annotations
        counters.usefulAnnotations = -usefulAnnotations
        counters.groundTruths = -groundTruths
        counters.skippedAnnotations = -skippedAnnotations
        counters.predictions = -predictions
        return counters
    }
}
