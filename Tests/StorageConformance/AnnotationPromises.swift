import Contracts
import LabelModel
import Testing

extension StorageConformance {
    private static let uniqueID = "6a2f1c0e-9d3b-4f5a-8c7e-0123456789ab"

    static let annotationPromises: [StoragePromise] = [
        StoragePromise("an annotation comes back byte for byte with all that was given") { bench in
            let project = try await bench.project { $0.labelConfig = "<View>1</View>" }
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.labelConfig = "<View>2</View>"
            }
            let task = try await bench.tasks(1, in: project)[0]
            var new = NewAnnotation(result: #"[ {"x" : 1.50} , {} ]"#, resultCount: 2)
            new.uniqueID = uniqueID
            new.completedBy = bench.bob
            new.groundTruth = true
            new.leadTime = 1.25
            new.importID = 4
            new.lastAction = "submitted"
            new.parentPrediction = PredictionID(8)
            new.parentAnnotation = AnnotationID(9)
            let stored = try await bench.storage.annotations.insert(new, on: task, by: bench.ann)
            guard case .stored(let annotation) = stored else {
                Issue.record("It was not there before.")
                return
            }
            #expect(annotation.result == new.result && annotation.resultCount == 2)
            #expect(annotation.uniqueID == uniqueID)
            #expect(annotation.completedBy == bench.bob && annotation.updatedBy == bench.ann)
            #expect(annotation.groundTruth && !annotation.wasCancelled)
            #expect(annotation.leadTime == 1.25 && annotation.importID == 4)
            #expect(annotation.lastAction == "submitted")
            #expect(annotation.parentPrediction == PredictionID(8))
            #expect(annotation.parentAnnotation == AnnotationID(9))
            #expect(annotation.configVersion == 2 && annotation.revision == 1)
            #expect(annotation.project == project && annotation.task == task)
            #expect(try await bench.storage.annotations.annotation(annotation.id) == annotation)
            #expect(try await bench.storage.annotations.annotations(of: task) == [annotation])
            let byTask = try await bench.storage.annotations.annotations(of: [task, TaskID(999)])
            #expect(byTask[task] == [annotation])
            #expect(byTask[TaskID(999)] ?? [] == [])
        },
        StoragePromise("a repeated submission finds the first one and counts nothing") { bench in
            let project = try await bench.project(overlap: 2)
            let tasks = try await bench.tasks(2, in: project)
            let new = StorageBench.answer { $0.uniqueID = uniqueID }
            let first = try await bench.storage.annotations.insert(
                new,
                on: tasks[0],
                by: bench.ann
            )
            let again = try await bench.storage.annotations.insert(
                new,
                on: tasks[0],
                by: bench.ann
            )
            #expect(again == .alreadyStored(first.annotation))
            #expect(try await bench.counters(of: project).annotations == 1)
            #expect(try await bench.task(tasks[0]).totalAnnotations == 1)
            let loud = StorageBench.answer { $0.uniqueID = uniqueID.uppercased() }
            #expect(
                try await bench.storage.annotations.insert(loud, on: tasks[0], by: bench.ann)
                    == .alreadyStored(first.annotation)
            )
        },
        StoragePromise("a unique id belongs to one user and one task") { bench in
            let project = try await bench.project(overlap: 2)
            let tasks = try await bench.tasks(2, in: project)
            try await bench.annotate(tasks[0], by: bench.ann) { $0.uniqueID = uniqueID }
            await expect(.duplicate) {
                try await bench.annotate(tasks[1], by: bench.ann) { $0.uniqueID = uniqueID }
            }
            await expect(.duplicate) {
                try await bench.annotate(tasks[0], by: bench.bob) { $0.uniqueID = uniqueID }
            }
            await expect(.invalid) {
                try await bench.annotate(tasks[0], by: bench.bob) { $0.uniqueID = "1234" }
            }
            await expect(.notFound) { try await bench.annotate(TaskID(999), by: bench.ann) }
            #expect(try await bench.counters(of: project).annotations == 1)
        },
        StoragePromise("64 copies of one submission store it once") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let new = StorageBench.answer { $0.uniqueID = uniqueID }
            let ids = try await withThrowingTaskGroup(of: AnnotationInsertion.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        try await bench.storage.annotations.insert(new, on: task, by: bench.ann)
                    }
                }
                return try await group.reduce(into: [AnnotationInsertion]()) { $0.append($1) }
            }
            #expect(Set(ids.map(\.annotation.id)).count == 1)
            #expect(ids.filter { if case .stored = $0 { true } else { false } }.count == 1)
            #expect(try await bench.counters(of: project).annotations == 1)
        },
        StoragePromise("submitting a draft deletes it and keeps when it was begun") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let draft = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: tasks[0],
                annotation: nil,
                by: bench.ann
            )
            let annotation = try await bench.annotate(tasks[0], by: bench.ann) {
                $0.draft = draft.id
            }
            #expect(annotation.draftCreatedAt == draft.createdAt)
            #expect(try await bench.storage.drafts.draft(draft.id) == nil)
            #expect(
                try await bench.storage.annotations.annotation(annotation.id) == annotation
            )
            let other = try await bench.annotate(tasks[1], by: bench.ann) { $0.draft = draft.id }
            #expect(other.draftCreatedAt == nil)
        },
        StoragePromise("a change counts the revision up, and a stale one is refused") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let first = try await bench.annotate(task, by: bench.ann)
            var changes = AnnotationChanges()
            changes.result = "[]"
            changes.resultCount = 0
            changes.leadTime = 9
            let second = try await bench.storage.annotations.update(
                first.id,
                changes,
                by: bench.bob,
                expected: 1
            )
            #expect(second.revision == 2 && second.result == "[]" && second.resultCount == 0)
            #expect(second.updatedBy == bench.bob && second.completedBy == bench.ann)
            #expect(second.createdAt == first.createdAt && second.updatedAt > first.updatedAt)
            #expect(try await bench.storage.annotations.annotation(first.id) == second)
            await expect(.staleRevision) {
                _ = try await bench.storage.annotations.update(
                    first.id,
                    changes,
                    by: bench.ann,
                    expected: 1
                )
            }
            #expect(try await bench.storage.annotations.annotation(first.id) == second)
            let third = try await bench.storage.annotations.update(
                first.id,
                AnnotationChanges(),
                by: bench.ann,
                expected: nil
            )
            #expect(third.revision == 3 && third.leadTime == 9)
            await expect(.notFound) {
                _ = try await bench.storage.annotations.update(
                    AnnotationID(999),
                    changes,
                    by: bench.ann,
                    expected: nil
                )
            }
        },
        StoragePromise("of many changes to one revision a single one wins") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let annotation = try await bench.annotate(task, by: bench.ann)
            let winners = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        let changed = try? await bench.storage.annotations.update(
                            annotation.id,
                            AnnotationChanges(),
                            by: bench.ann,
                            expected: 1
                        )
                        return changed != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(winners == 1)
        },
        StoragePromise("a new result is pinned to the labeling config in force") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let annotation = try await bench.annotate(task, by: bench.ann)
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.labelConfig = "<View>new</View>"
            }
            var changes = AnnotationChanges()
            changes.leadTime = 1
            let same = try await bench.storage.annotations.update(
                annotation.id,
                changes,
                by: bench.ann,
                expected: nil
            )
            #expect(same.configVersion == 1)
            changes.result = "[]"
            let new = try await bench.storage.annotations.update(
                annotation.id,
                changes,
                by: bench.ann,
                expected: nil
            )
            #expect(new.configVersion == 2)
        },
        StoragePromise("a task has one ground truth at most") { bench in
            let project = try await bench.project(overlap: 3)
            let task = try await bench.tasks(1, in: project)[0]
            let first = try await bench.annotate(task, by: bench.ann) { $0.groundTruth = true }
            let second = try await bench.annotate(task, by: bench.bob)
            var changes = AnnotationChanges()
            changes.groundTruth = true
            _ = try await bench.storage.annotations.update(
                second.id,
                changes,
                by: bench.cid,
                expected: nil
            )
            let stored = try await bench.storage.annotations.annotations(of: task)
            #expect(stored.map(\.groundTruth) == [false, true])
            #expect(stored[0].id == first.id && stored[0].revision == 2)
            #expect(try await bench.counters(of: project).groundTruths == 1)
        },
    ]

    static let annotationHistoryPromises: [StoragePromise] = [
        StoragePromise("an annotation's states are kept in order, with who and when") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let first = try await bench.annotate(task, by: bench.ann)
            var changes = AnnotationChanges()
            changes.result = "[]"
            let second = try await bench.storage.annotations.update(
                first.id,
                changes,
                by: bench.bob,
                expected: nil
            )
            let history = try await bench.storage.annotations.history(of: first.id)
            #expect(history.map(\.annotation) == [first, second])
            #expect(history.map(\.action) == [.created, .updated])
            #expect(history.map(\.by) == [bench.ann, bench.bob])
            #expect(history.map(\.at) == [first.createdAt, second.updatedAt])
        },
        StoragePromise("a deleted annotation keeps its history") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let annotation = try await bench.annotate(task, by: bench.ann)
            try await bench.storage.annotations.delete(annotation.id, by: bench.cid)
            #expect(try await bench.storage.annotations.annotation(annotation.id) == nil)
            #expect(try await bench.storage.annotations.annotations(of: task).isEmpty)
            let history = try await bench.storage.annotations.history(of: annotation.id)
            #expect(history.map(\.action) == [.created, .deleted])
            #expect(history.map(\.annotation) == [annotation, annotation])
            #expect(history.map(\.by) == [bench.ann, bench.cid])
            await expect(.notFound) {
                try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            }
            #expect(try await bench.annotate(task, by: bench.ann).id > annotation.id)
            #expect(
                try await bench.storage.annotations.history(of: AnnotationID(999)).isEmpty
            )
        },
        StoragePromise("deleting an annotation deletes its drafts") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let annotation = try await bench.annotate(task, by: bench.ann)
            let draft = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: task,
                annotation: annotation.id,
                by: bench.ann
            )
            let own = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: task,
                annotation: nil,
                by: bench.ann
            )
            try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            #expect(try await bench.storage.drafts.draft(draft.id) == nil)
            #expect(try await bench.storage.drafts.draft(own.id) != nil)
        },
    ]
}
