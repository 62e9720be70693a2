import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let taskPromises: [StoragePromise] = [
        StoragePromise("tasks come back byte for byte, with ids and numbers in order") { bench in
            let project = try await bench.project()
            let data: RawJSON = #"{"b" : 1.0e0, "a":"\u00e9", "c":[ ]}"#
            let long = RawJSON(
                checked: Array("{\"t\":\"".utf8)
                    + Array(repeating: UInt8(ascii: "x"), count: 50_000)
                    + Array("\"}".utf8)
            )
            let new = [
                NewTask(data: data, meta: #"{"m" :1}"#), NewTask(data: long), NewTask(data: "{}"),
            ]
            let ids = try await bench.storage.tasks.insert(
                new,
                into: project,
                by: bench.bob,
                file: FileUploadID(5)
            )
            #expect(ids == ids.sorted() && Set(ids).count == 3)
            let tasks = try await bench.storage.tasks.page(of: project, number: 1, size: 10)
            #expect(tasks.map(\.id) == ids)
            #expect(tasks.map(\.innerID) == [1, 2, 3])
            #expect(tasks.map(\.data) == [data, long, "{}"])
            #expect(tasks.map(\.meta) == [#"{"m" :1}"#, "{}", "{}"])
            #expect(
                tasks.allSatisfy { $0.fileUpload == FileUploadID(5) && $0.updatedBy == bench.bob }
            )
            #expect(try await bench.storage.tasks.task(ids[1]) == tasks[1])
            #expect(try await bench.storage.tasks.task(TaskID(99_999)) == nil)
        },
        StoragePromise("many tasks are stored as each of them would be, plain or not") { bench in
            let project = try await bench.project {
                $0.maximumAnnotations = 2
                $0.overlapCohortPercentage = 50
            }
            var new: [NewTask] = []
            for number in 0..<300 {
                var task = NewTask(
                    data: RawJSON(checked: Array("{\"n\":\(number)}".utf8)),
                    annotations: number == 150 ? [StorageBench.answer()] : []
                )
                if number == 170 { task.allowSkip = false }
                if number == 200 { task.meta = #"{"m":1}"# }
                if number == 280 { task.overlap = 7 }
                new.append(task)
            }
            let ids = try await bench.storage.tasks.insert(
                new,
                into: project,
                by: bench.bob,
                file: FileUploadID(5)
            )
            let alone = try await bench.project {
                $0.maximumAnnotations = 2
                $0.overlapCohortPercentage = 50
            }
            for task in new {
                _ = try await bench.storage.tasks.insert(
                    [task],
                    into: alone,
                    by: bench.bob,
                    file: FileUploadID(5)
                )
            }
            let together = try await bench.storage.tasks.page(of: project, number: 1, size: 400)
            let single = try await bench.storage.tasks.page(of: alone, number: 1, size: 400)
            #expect(together.map(\.id) == ids)
            #expect(together.count == 300)
            for (a, b) in zip(together, single) {
                #expect(a.innerID == b.innerID)
                #expect(a.data == b.data && a.meta == b.meta)
                #expect(a.overlap == b.overlap && a.allowSkip == b.allowSkip)
                #expect(a.isLabeled == b.isLabeled && a.totalAnnotations == b.totalAnnotations)
                #expect(a.revision == b.revision && a.updatedBy == b.updatedBy)
                #expect(a.fileUpload == b.fileUpload)
                #expect(a.totalPredictions == b.totalPredictions)
            }
            let counters = try await bench.counters(of: project)
            #expect(counters == (try await bench.counters(of: alone)))
            // What comes next goes on behind them, and the queue finds them all.
            let next = try await bench.tasks(1, in: project)
            #expect(try await bench.storage.tasks.task(next[0])?.innerID == 301)
        },
        StoragePromise("tasks are stored all or none") { bench in
            let project = try await bench.project()
            let uniqueID = "0b4b8e4c-6f7c-4a55-9b0a-1d2e3f405060"
            let annotation = StorageBench.answer { $0.uniqueID = uniqueID }
            let good = NewTask(data: "{}", annotations: [annotation])
            await expect(.duplicate) {
                _ = try await bench.storage.tasks.insert(
                    [good, NewTask(data: "{}"), good],
                    into: project,
                    by: bench.ann,
                    file: nil
                )
            }
            #expect(try await bench.storage.tasks.page(of: project, number: 1, size: 5).isEmpty)
            #expect(try await bench.counters(of: project) == ProjectCounters())
            let bad = StorageBench.answer { $0.uniqueID = "not a uuid" }
            await expect(.invalid) {
                _ = try await bench.storage.tasks.insert(
                    [NewTask(data: "{}", annotations: [bad])],
                    into: project,
                    by: bench.ann,
                    file: nil
                )
            }
            await expect(.notFound) {
                _ = try await bench.storage.tasks.insert(
                    [NewTask(data: "{}")],
                    into: ProjectID(999),
                    by: bench.ann,
                    file: nil
                )
            }
            await expect(.invalid) { _ = try await bench.tasks(10_001, in: project) }
            #expect(try await bench.tasks(0, in: project).isEmpty)
        },
        StoragePromise("tasks come with their annotations and predictions") { bench in
            let project = try await bench.project()
            let annotation = StorageBench.answer {
                $0.completedBy = bench.bob
                $0.groundTruth = true
                $0.importID = 17
            }
            let skipped = NewTask(
                data: "{}",
                annotations: [
                    StorageBench.answer {
                        $0.wasCancelled = true
                    }
                ]
            )
            let full = NewTask(
                data: "{}",
                annotations: [annotation],
                predictions: [NewPrediction(result: "[]", modelVersion: "m", score: 0.25)]
            )
            let ids = try await bench.storage.tasks.insert(
                [full, skipped, NewTask(data: "{}")],
                into: project,
                by: bench.ann,
                file: nil
            )
            let stored = try await bench.storage.annotations.annotations(of: ids[0])
            #expect(stored.map(\.completedBy) == [bench.bob])
            #expect(stored.map(\.importID) == [17])
            #expect(stored[0].uniqueID.count == 36)
            #expect(try await bench.storage.predictions.predictions(of: ids[0]).count == 1)
            let tasks = try await bench.storage.tasks.page(of: project, number: 1, size: 5)
            #expect(tasks.map(\.isLabeled) == [true, true, false])
            #expect(tasks.map(\.totalAnnotations) == [1, 0, 0])
            #expect(tasks.map(\.cancelledAnnotations) == [0, 1, 0])
            #expect(tasks.map(\.totalPredictions) == [1, 0, 0])
        },
        StoragePromise("a changed task keeps what the change does not name") { bench in
            let project = try await bench.project()
            let id = try await bench.tasks(1, in: project)[0]
            let long = RawJSON(
                checked: Array("\"".utf8) + Array(repeating: UInt8(ascii: "y"), count: 9_000)
                    + Array("\"".utf8)
            )
            var changes = TaskChanges()
            changes.data = long
            let first = try await bench.storage.tasks.update(id, changes, by: bench.bob)
            #expect(first.data == long && first.updatedBy == bench.bob && first.revision == 2)
            changes.data = "{}"
            changes.meta = #"{"k":1}"#
            changes.allowSkip = false
            let second = try await bench.storage.tasks.update(id, changes, by: bench.ann)
            #expect(second.data == "{}" && second.meta == #"{"k":1}"# && !second.allowSkip)
            #expect(try await bench.task(id) == second)
            await expect(.notFound) {
                _ = try await bench.storage.tasks.update(TaskID(9_999), changes, by: bench.ann)
            }
        },
        StoragePromise("a changed overlap of a task decides anew whether it is labeled") { bench in
            let project = try await bench.project()
            let id = try await bench.tasks(1, in: project)[0]
            try await bench.annotate(id, by: bench.ann)
            var changes = TaskChanges()
            changes.overlap = 2
            #expect(
                try await bench.storage.tasks.update(id, changes, by: bench.ann).isLabeled == false
            )
            #expect(try await bench.counters(of: project).finishedTasks == 0)
            #expect(try await bench.storage.queue.next(for: bench.bob, in: project)?.task.id == id)
            changes.overlap = 1
            #expect(try await bench.storage.tasks.update(id, changes, by: bench.ann).isLabeled)
        },
        StoragePromise("pages show every task once, also with gaps") { bench in
            let project = try await bench.project()
            let other = try await bench.project()
            var ids: [TaskID] = []
            for _ in 0..<6 {
                ids += try await bench.tasks(300, in: project)
                _ = try await bench.tasks(7, in: other)
            }
            let gone = Set(
                ids.enumerated().filter { $0.offset % 3 == 1 || 600..<1_200 ~= $0.offset }
                    .map(\.element)
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in gone { group.addTask { try await bench.storage.tasks.delete(id) } }
                try await group.waitForAll()
            }
            let left = ids.filter { !gone.contains($0) }
            var up: [TaskID] = []
            var down: [TaskID] = []
            for number in 1... {
                let page = try await bench.storage.tasks.page(of: project, number: number, size: 37)
                up += page.map(\.id)
                down += try await bench.storage.tasks.newestFirst(
                    of: project,
                    number: number,
                    size: 37
                ).map(\.id)
                if page.count < 37 { break }
            }
            #expect(up == left)
            #expect(down == left.reversed())
            #expect(try await bench.storage.tasks.page(of: project, number: 99, size: 37).isEmpty)
            #expect(try await bench.counters(of: project).tasks == Int64(left.count))
            let last = try await bench.tasks(1, in: project)[0]
            #expect(
                try await bench.storage.tasks.newestFirst(of: project, number: 1, size: 1).map(\.id)
                    == [last]
            )
        },
        StoragePromise("a deleted task is gone with all that was said of it") { bench in
            let project = try await bench.project()
            let ids = try await bench.tasks(2, in: project)
            let annotation = try await bench.annotate(ids[0], by: bench.ann)
            try await bench.skip(ids[0], by: bench.bob)
            let draft = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 1,
                wasPostponed: false,
                on: ids[0],
                annotation: nil,
                by: bench.cid
            )
            let prediction = try await bench.storage.predictions.insert([
                (ids[0], NewPrediction(result: "[]"))
            ])[0]
            try await bench.storage.tasks.delete(ids[0])
            #expect(try await bench.storage.tasks.task(ids[0]) == nil)
            #expect(try await bench.storage.annotations.annotation(annotation.id) == nil)
            #expect(try await bench.storage.annotations.history(of: annotation.id).isEmpty)
            #expect(try await bench.storage.drafts.draft(draft.id) == nil)
            #expect(try await bench.storage.predictions.prediction(prediction.id) == nil)
            var counters = ProjectCounters()
            counters.tasks = 1
            #expect(try await bench.counters(of: project) == counters)
            await expect(.notFound) { try await bench.storage.tasks.delete(ids[0]) }
            let next = try await bench.tasks(1, in: project)[0]
            #expect(next > ids[1])
            #expect(try await bench.task(next).innerID == 3)
        },
        StoragePromise("deleting all tasks tells how many there were") { bench in
            let project = try await bench.project()
            let other = try await bench.project()
            let ids = try await bench.tasks(2_500, in: project)
            let kept = try await bench.tasks(2, in: other)
            try await bench.annotate(ids[0], by: bench.ann)
            #expect(try await bench.storage.tasks.deleteAll(of: project) == 2_500)
            #expect(try await bench.storage.tasks.deleteAll(of: project) == 0)
            #expect(try await bench.counters(of: project) == ProjectCounters())
            #expect(try await bench.storage.tasks.page(of: project, number: 1, size: 1).isEmpty)
            #expect(
                try await bench.storage.tasks.page(of: other, number: 1, size: 5).map(\.id) == kept
            )
        },
        StoragePromise("annotators are whoever annotated or skipped, ascending") { bench in
            let project = try await bench.project(overlap: 3)
            let ids = try await bench.tasks(2, in: project)
            try await bench.annotate(ids[0], by: bench.cid)
            try await bench.skip(ids[0], by: bench.ann)
            try await bench.annotate(ids[0], by: bench.ann)
            let annotators = try await bench.storage.tasks.annotators(of: ids)
            #expect(annotators[ids[0]] == [bench.ann, bench.cid])
            #expect(annotators[ids[1]] ?? [] == [])
        },
    ]
}
