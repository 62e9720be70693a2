import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let movePromises: [StoragePromise] = [
        StoragePromise("an arriving project is invisible until it is committed, then whole") {
            bench in
            let moves = bench.storage.moves
            let before = try await bench.project()
            let arrival = try await moves.begin(by: bench.ann)
            try await moves.append(MovedTasks.make(1...600, by: bench.bob), to: arrival)
            let projects = bench.storage.projects
            #expect(try await projects.project(arrival.project) == nil)
            #expect(try await projects.page(ProjectQuery(), number: 1, size: 9).total == 1)
            await expect(.notFound) {
                _ = try await projects.update(arrival.project, enabling: [], by: bench.ann) { _ in }
            }
            await expect(.notFound) { try await projects.delete(arrival.project) }
            await expect(.notFound) { _ = try await bench.tasks(1, in: arrival.project) }
            await expect(.notFound) { _ = try await moves.dossier(of: arrival.project) }
            let seen = try await bench.storage.tasks.page(of: arrival.project, number: 1, size: 9)
            #expect(seen.isEmpty)

            var dossier = try await moves.dossier(of: before)
            dossier.lastInnerID = 700
            dossier.settings.title = "Arrived"
            let project = try await moves.commit(arrival, dossier, by: bench.ann)
            #expect(project.id == arrival.project && project.settings.title == "Arrived")
            #expect(project.counters.tasks == 600 && project.counters.annotations == 600)
            #expect(project.counters.finishedTasks == 600)
            #expect(try await projects.page(ProjectQuery(), number: 1, size: 9).total == 2)
            let last = try await bench.storage.tasks.page(of: project.id, number: 60, size: 10)
            #expect(last.map(\.innerID) == Array(591...600))
            // Later tasks count on from where the project was.
            let more = try await bench.tasks(1, in: project.id)
            #expect(try await bench.task(more[0]).innerID == 701)
            let next = try await bench.storage.queue.next(for: bench.cid, in: project.id)
            #expect(next?.task.id == more[0])
            await expect(.notFound) { try await moves.rollBack(arrival) }
        },
        StoragePromise("what was said of a task arrives with its history, under new ids") { bench in
            let moves = bench.storage.moves
            let old = try await bench.project(overlap: 2)
            let tasks = try await bench.storage.tasks.insert(
                [
                    NewTask(
                        data: #"{"n":1}"#,
                        meta: #"{"m":2}"#,
                        predictions: [NewPrediction(result: "[]", modelVersion: "m", score: 0.5)]
                    ),
                    NewTask(data: RawJSON(checked: MovedTasks.longData)),
                ],
                into: old,
                by: bench.ann,
                file: nil
            )
            let kept = try await bench.annotate(tasks[0], by: bench.ann)
            var changes = AnnotationChanges()
            changes.result = #"[{"id":"r2"},{"id":"r3"}]"#
            changes.resultCount = 2
            _ = try await bench.storage.annotations.update(
                kept.id,
                changes,
                by: bench.bob,
                expected: nil
            )
            let gone = try await bench.annotate(tasks[0], by: bench.cid) {
                $0.parentAnnotation = kept.id
            }
            try await bench.storage.annotations.delete(gone.id, by: bench.bob)
            _ = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 1.5,
                wasPostponed: true,
                on: tasks[0],
                annotation: kept.id,
                by: bench.ann
            )
            try await bench.skip(tasks[1], by: bench.bob)

            let leaving = try await moves.chronicles(of: old, after: 0, limit: 9)
            #expect(leaving.map(\.versions.count) == [3, 0])
            let arrival = try await moves.begin(by: bench.ann)
            try await moves.append(leaving, to: arrival)
            _ = try await moves.commit(arrival, moves.dossier(of: old), by: bench.ann)
            let arrived = try await moves.chronicles(of: arrival.project, after: 0, limit: 9)
            #expect(arrived.map { MovedTasks.plain($0) } == leaving.map { MovedTasks.plain($0) })
            // The same person's answers are there twice now, so one of them has another name.
            let copy = try #require(arrived[0].annotations.first)
            #expect(copy.id != kept.id && copy.uniqueID != kept.uniqueID)
            let history = try await bench.storage.annotations.history(of: copy.id)
            #expect(history.map(\.action) == [.created, .updated])
            #expect(history.allSatisfy { $0.annotation.uniqueID == copy.uniqueID })
            let ghost = try #require(arrived[0].versions.last?.annotation)
            #expect(ghost.parentAnnotation == copy.id)
            #expect(arrived[0].drafts.first?.annotation == copy.id)
            let (mine, theirs) = (
                try await bench.counters(of: arrival.project), try await bench.counters(of: old)
            )
            #expect(mine == theirs)
        },
        StoragePromise("a project that does not arrive leaves nothing behind") { bench in
            let moves = bench.storage.moves
            let arrival = try await moves.begin(by: bench.ann)
            try await moves.append(MovedTasks.make(1...3, by: bench.ann), to: arrival)
            await expect(.duplicate) {
                try await moves.append(MovedTasks.make(3...4, by: bench.ann), to: arrival)
            }
            try await moves.rollBack(arrival)
            let dossier = try await moves.dossier(of: bench.project())
            await expect(.notFound) {
                _ = try await moves.commit(arrival, dossier, by: bench.ann)
            }

            let other = try await bench.place.open(clock: bench.clock)
            let cutOff = try await other.moves.begin(by: bench.ann)
            try await other.moves.append(MovedTasks.make(1...3, by: bench.ann), to: cutOff)
            await other.close()
            let next = try await bench.place.open(clock: bench.clock)
            await expect(.notFound) {
                _ = try await next.moves.commit(cutOff, dossier, by: bench.ann)
            }
            #expect(
                try await next.projects.page(ProjectQuery(), number: 1, size: 9).total == 1
            )
            await next.close()
        },
    ]
}

/// Tasks as they come from another store.
private enum MovedTasks {
    static let longData =
        Array(#"{"text":""#.utf8) + [UInt8](repeating: 0x61, count: 4_000)
        + Array(#""}"#.utf8)

    static func make(_ innerIDs: ClosedRange<Int64>, by user: UserID) -> [TaskChronicle] {
        innerIDs.map { innerID in
            let moment = Timestamp(microseconds: innerID)
            var task = LabelingTask(
                id: TaskID(0),
                project: ProjectID(0),
                innerID: innerID,
                data: "{}",
                createdAt: moment,
                updatedAt: moment
            )
            task.isLabeled = true
            let annotation = Annotation(
                id: AnnotationID(1),
                uniqueID: "00000000-0000-4000-8000-"
                    + String(1_000_000_000_000 + innerID).suffix(12),
                task: TaskID(0),
                project: ProjectID(0),
                completedBy: user,
                result: "[]",
                resultCount: 0,
                createdAt: moment,
                updatedAt: moment
            )
            return TaskChronicle(task: task, annotations: [annotation])
        }
    }

    /// A chronicle without what has to be different.
    static func plain(_ chronicle: TaskChronicle) -> TaskChronicle {
        var plain = chronicle
        plain.task.id = TaskID(0)
        plain.task.project = ProjectID(0)
        plain.annotations = chronicle.annotations.map { Self.plain($0) }
        for index in plain.versions.indices {
            plain.versions[index].annotation = Self.plain(plain.versions[index].annotation)
        }
        for index in plain.drafts.indices {
            plain.drafts[index].id = DraftID(0)
            plain.drafts[index].task = TaskID(0)
            plain.drafts[index].project = ProjectID(0)
            plain.drafts[index].annotation = nil
        }
        for index in plain.predictions.indices {
            plain.predictions[index].id = PredictionID(0)
            plain.predictions[index].task = TaskID(0)
            plain.predictions[index].project = ProjectID(0)
        }
        return plain
    }

    private static func plain(_ annotation: Annotation) -> Annotation {
        var plain = annotation
        plain.id = AnnotationID(0)
        plain.uniqueID = ""
        plain.task = TaskID(0)
        plain.project = ProjectID(0)
        plain.parentAnnotation = nil
        plain.parentPrediction = nil
        return plain
    }
}
