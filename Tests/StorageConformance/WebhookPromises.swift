import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let webhookPromises: [StoragePromise] = [
        StoragePromise("a webhook is kept, listed by scope, changed and deleted") { bench in
            let project = try await bench.project()
            let webhooks = bench.storage.webhooks
            var settings = WebhookSettings(url: "https://a.example/")
            settings.headers = ["X-Key": "a:b", "A": ""]
            settings.actions = [.tasksCreated, .annotationCreated]
            settings.sendsAllActions = false
            let made = try await webhooks.insert(settings, project: project)
            let wide = try await webhooks.insert(WebhookSettings(url: "u"), project: nil)
            #expect(made.settings == settings && made.project == project)
            #expect(try await webhooks.webhook(made.id) == made)
            #expect(try await webhooks.webhooks(.all) == [made, wide])
            #expect(try await webhooks.webhooks(.organization) == [wide])
            #expect(try await webhooks.webhooks(.project(project)) == [made])
            let changed = try await webhooks.update(made.id) { $0.isActive = false }
            #expect(!changed.settings.isActive && changed.settings.headers == settings.headers)
            try await webhooks.delete(made.id)
            await expect(.notFound) { try await webhooks.delete(made.id) }
            await expect(.notFound) { _ = try await webhooks.update(made.id) { _ in } }
            await expect(.notFound) {
                _ = try await webhooks.insert(settings, project: ProjectID(999))
            }
        },
        StoragePromise("events are noted for those who want them, in order") { bench in
            let project = try await bench.project()
            let other = try await bench.project()
            let all = try await bench.webhook(of: project)
            let some = try await bench.webhook(of: project) {
                $0.sendsAllActions = false
                $0.actions = [.tasksDeleted]
            }
            _ = try await bench.webhook(of: project) { $0.isActive = false }
            let tasks = try await bench.tasks(2, in: project)
            _ = try await bench.tasks(1, in: other)
            let annotation = try await bench.annotate(tasks[0], by: bench.ann)
            var changes = AnnotationChanges()
            changes.groundTruth = true
            _ = try await bench.storage.annotations.update(
                annotation.id,
                changes,
                by: bench.ann,
                expected: nil
            )
            try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            try await bench.storage.tasks.delete(tasks[1])
            #expect(
                try await bench.drain(all, of: project).map(\.action) == [
                    .tasksCreated, .annotationCreated, .annotationUpdated, .annotationsDeleted,
                    .tasksDeleted,
                ]
            )
            let deleted = try await bench.drain(some, of: project)
            #expect(deleted.map(\.action) == [.tasksDeleted])
            #expect(deleted.first?.payload.text == "{\"tasks\":[{\"id\":\(tasks[1])}]}")
            #expect(try await bench.due().isEmpty)
        },
        StoragePromise("an annotation is told as it was, whatever happens before the delivery") {
            bench in
            let project = try await bench.project()
            let webhook = try await bench.webhook(of: project) {
                $0.sendsAllActions = false
                $0.actions = [.annotationCreated]
            }
            let task = try await bench.tasks(1, in: project)[0]
            let annotation = try await bench.annotate(task, by: bench.ann)
            try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            try await bench.storage.tasks.delete(task)
            let told = try await bench.drain(webhook, of: project)
            #expect(told.count == 1)
            let text = told.first?.payload.text ?? ""
            #expect(text.contains(annotation.uniqueID) && text.contains(#"{"n":0}"#))
        },
        StoragePromise("what was refused is not told, and neither is what does not exist yet") {
            bench in
            let project = try await bench.project()
            let webhook = try await bench.webhook(of: project)
            await expect(.notFound) {
                _ = try await bench.storage.annotations.insert(
                    [(task: TaskID(999), annotation: StorageBench.answer())],
                    by: bench.ann
                )
            }
            let hidden = try await bench.storage.tasks.beginImport(into: project, by: bench.ann)
            _ = try await bench.storage.tasks.append(
                StorageBench.newTasks(1_500),
                to: hidden,
                file: nil
            )
            #expect(try await bench.due().isEmpty)
            _ = try await bench.tasks(1, in: project)
            _ = try await bench.storage.tasks.commitImport(hidden)
            let told = try await bench.drain(webhook, of: project)
            #expect(told.map(\.action) == [.tasksCreated, .tasksCreated, .tasksCreated])
            let counts = told.map { $0.payload.text.split(separator: "\"inner_id\"").count - 1 }
            #expect(counts == [1, 1_000, 500])
        },
        StoragePromise("projects are told to webhooks of the organization") { bench in
            let wide = try await bench.webhook(of: nil)
            let project = try await bench.project()
            let narrow = try await bench.webhook(of: project)
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.title = "Another"
            }
            try await bench.storage.projects.delete(project)
            #expect(
                try await bench.drain(wide, of: project).map(\.action) == [
                    .projectCreated, .projectUpdated, .projectDeleted,
                ]
            )
            #expect(try await bench.drain(narrow, of: project).isEmpty)
        },
        StoragePromise("a lane waits after a failure, and other lanes do not") { bench in
            let project = try await bench.project()
            let other = try await bench.project()
            let wide = try await bench.webhook(of: nil)
            _ = try await bench.tasks(1, in: project)
            _ = try await bench.tasks(1, in: project)
            _ = try await bench.tasks(1, in: other)
            let deliveries = bench.storage.deliveries
            let lane = DeliveryLane(webhook: wide, project: project)
            let first = try #require(try await deliveries.first(in: lane))
            let later = bench.clock.now().adding(seconds: 60)
            try await deliveries.postpone(
                first.id,
                until: later,
                DeliveryAttempt(status: 503, error: "busy")
            )
            #expect(try await bench.due().map(\.project) == [other])
            bench.clock.advance(to: later)
            #expect(try await bench.due().contains(lane))
            let again = try #require(try await deliveries.first(in: lane))
            #expect(again.id == first.id && again.attempts == 1)
            try await deliveries.end(first.id, as: .delivered, DeliveryAttempt(status: 200))
            let next = try #require(try await deliveries.first(in: lane))
            #expect(next.id > first.id)
            try await deliveries.end(next.id, as: .refused, DeliveryAttempt(status: 400))
            #expect(try await deliveries.first(in: lane) == nil)
            #expect(try await !bench.due().contains(lane))
            let records = try await deliveries.records(of: wide, limit: 9)
            #expect(records.map(\.state) == [.waiting, .refused, .delivered])
            #expect(records.last?.attempts == 2 && records.last?.status == 200)
            try await deliveries.forgetEnded(of: wide, keeping: 1)
            #expect(
                try await deliveries.records(of: wide, limit: 9).map(\.state)
                    == [.waiting, .refused]
            )
            try await bench.storage.webhooks.delete(wide)
            #expect(try await bench.due().isEmpty)
        },
        StoragePromise("whoever listens hears that events were noted") { bench in
            let project = try await bench.project()
            _ = try await bench.webhook(of: project)
            var rings = bench.storage.deliveries.arrivals().makeAsyncIterator()
            _ = try await bench.tasks(1, in: project)
            #expect(await rings.next() != nil)
        },
    ]
}

extension StorageBench {
    func webhook(
        of project: ProjectID?,
        _ change: (inout WebhookSettings) -> Void = { _ in }
    ) async throws -> WebhookID {
        var settings = WebhookSettings(url: "https://a.example/")
        change(&settings)
        return try await storage.webhooks.insert(settings, project: project).id
    }

    func due() async throws -> [DeliveryLane] {
        try await storage.deliveries.lanes(dueAt: clock.now(), limit: 99)
    }

    /// Delivers all that waits in a lane.
    func drain(_ webhook: WebhookID, of project: ProjectID) async throws -> [Delivery] {
        let lane = DeliveryLane(webhook: webhook, project: project)
        var delivered: [Delivery] = []
        while let delivery = try await storage.deliveries.first(in: lane) {
            delivered.append(delivery)
            try await storage.deliveries.end(
                delivery.id,
                as: .delivered,
                DeliveryAttempt(status: 200)
            )
        }
        return delivered
    }
}
