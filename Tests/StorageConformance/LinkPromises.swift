import Contracts
import LabelModel
import Testing

/// ML backends and linked storages.
extension StorageConformance {
    static let linkPromises: [StoragePromise] = [
        StoragePromise("an ML backend is kept with its condition, changed and deleted") { bench in
            let project = try await bench.project()
            let backends = bench.storage.mlBackends
            var settings = MLBackendSettings(url: "http://m.example")
            settings.extraParameters = #"{"a":[1]}"#
            settings.password = "p"
            settings.timeoutSeconds = 2.5
            let condition = MLBackendCondition(state: .connected, modelVersion: "v1")
            let made = try await backends.insert(settings, condition, into: project)
            #expect(made.settings == settings && made.condition == condition)
            #expect(try await backends.backend(made.id) == made)
            #expect(try await backends.backends(of: project) == [made])
            settings.title = "Other"
            let failed = MLBackendCondition(state: .error, error: "why", modelVersion: nil)
            let changed = try await backends.update(made.id, settings, failed)
            #expect(changed.settings.title == "Other" && changed.condition == failed)
            try await backends.delete(made.id)
            await expect(.notFound) { try await backends.delete(made.id) }
            await expect(.notFound) {
                _ = try await backends.update(made.id, settings, condition)
            }
            await expect(.notFound) {
                _ = try await backends.insert(settings, condition, into: ProjectID(999))
            }
        },
        StoragePromise("a linked storage is kept with how its synchronization went") { bench in
            let project = try await bench.project()
            let links = bench.storage.linkedStorages
            var settings = LinkedStorageSettings(.imports, .s3)
            settings.bucket = "b"
            settings.endpoint = "http://s3.example"
            settings.secretKey = "s"
            settings.keyPattern = ".*jpg"
            let made = try await links.insert(settings, into: project)
            #expect(made.settings == settings && made.sync == LinkedStorageSync())
            #expect(try await links.storages(of: project) == [made])
            settings.title = "t"
            #expect(try await links.update(made.id, settings).settings == settings)
            let sync = LinkedStorageSync(
                status: .failed,
                error: "why",
                finishedAt: bench.clock.now(),
                count: 3,
                known: 2,
                begunAt: bench.clock.now(),
                attempts: 1
            )
            #expect(try await links.setSync(of: made.id, sync).sync == sync)
            try await links.delete(made.id)
            await expect(.notFound) { try await links.delete(made.id) }
            await expect(.notFound) { _ = try await links.setSync(of: made.id, sync) }
        },
        StoragePromise("objects are remembered together with their tasks, or neither") { bench in
            let project = try await bench.project()
            let links = bench.storage.linkedStorages
            let id = try await links.insert(LinkedStorageSettings(.imports, .s3), into: project).id
            let objects = ["a", "b"].map {
                ObjectTasks(key: $0, tag: "1", tasks: StorageBench.newTasks(2))
            }
            #expect(try await links.insert(objects, from: id, by: bench.ann) == 4)
            #expect(try await links.knownTags(["a", "b", "c"], of: id) == ["a": "1", "b": "1"])
            #expect(try await bench.storage.projects.project(project)?.counters.tasks == 4)
            let twice = UniqueAnnotation.task()
            await expect(.duplicate) {
                _ = try await links.insert(
                    [
                        ObjectTasks(key: "c", tag: "1", tasks: [twice]),
                        ObjectTasks(key: "d", tag: "1", tasks: [twice]),
                    ],
                    from: id,
                    by: bench.ann
                )
            }
            #expect(try await links.knownTags(["c", "d"], of: id).isEmpty)
            #expect(try await bench.storage.projects.project(project)?.counters.tasks == 4)
            try await links.remember(["c": "2", "a": "3"], of: id)
            #expect(try await links.keys(of: id, after: "a", limit: 9) == ["b", "c"])
            #expect(try await links.knownTags(["a"], of: id) == ["a": "3"])
            try await links.forget(["a", "b"], of: id)
            #expect(try await links.keys(of: id, after: "", limit: 9) == ["c"])
            await expect(.notFound) {
                _ = try await links.insert(objects, from: LinkedStorageID(999), by: bench.ann)
            }
        },
        StoragePromise("keys are matched from their beginning, by expressions that end") { bench in
            let links = bench.storage.linkedStorages
            let keys = ["a/1.jpg", "b/1.jpg", "a/2.png"]
            let images = try await links.matching("a/.*jpg", keys)
            #expect(images == ["a/1.jpg"])
            let none = try await links.matching("1", keys)
            #expect(none.isEmpty)
            await expect(.invalid) { _ = try await links.matching("(", keys) }
            await expect(.invalid) {
                let text = String(repeating: "a", count: 64)
                _ = try await links.matching("(a+)+$", [text + "b"])
            }
        },
    ]
}

/// A task with an annotation that can be stored once only.
private enum UniqueAnnotation {
    static func task() -> NewTask {
        var annotation = StorageBench.answer()
        annotation.uniqueID = "0f8fad5b-d9cb-469f-a165-70867728950e"
        return NewTask(data: #"{"n":0}"#, annotations: [annotation])
    }
}
