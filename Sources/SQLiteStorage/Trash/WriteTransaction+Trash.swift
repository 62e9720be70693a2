import Contracts
import LabelModel

extension WriteTransaction {
    /// Begins an entry of the trash.
    func beginTrash(
        _ kind: TrashEntry.Kind,
        of project: ProjectID,
        by user: UserID
    ) throws(StorageError) -> TrashID {
        try connection.run(TrashSQL.begin, project, kind.rawValue, user, now)
        return TrashID(rawValue: connection.lastInsertedID)
    }

    /// Notes annotations that were deleted together.
    func noteTrash(
        _ annotations: [AnnotationID],
        of project: ProjectID,
        by user: UserID
    ) throws(StorageError) {
        guard !annotations.isEmpty else { return }
        let entry = try beginTrash(.annotations, of: project, by: user)
        for annotation in annotations {
            try connection.run(TrashSQL.add, entry, annotation, Int64?.none)
        }
    }
}
