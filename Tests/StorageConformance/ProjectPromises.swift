import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let projectPromises: [StoragePromise] = [
        StoragePromise("a project comes back with every setting") { bench in
            var settings = ProjectSettings()
            settings.title = "Bäume %_\\"
            settings.description = "d"
            settings.expertInstruction = "<b>look</b>"
            settings.showInstruction = true
            settings.labelConfig = "<View><Text name=\"t\" value=\"$t\"/></View>"
            settings.color = "#123456"
            settings.maximumAnnotations = 3
            settings.overlapCohortPercentage = 50
            settings.sampling = .uncertainty
            settings.skipQueue = .ignoreSkipped
            settings.showSkipButton = false
            settings.enableEmptyAnnotation = false
            settings.showAnnotationHistory = true
            settings.showCollabPredictions = false
            settings.showGroundTruthFirst = true
            settings.showOverlapFirst = true
            settings.evaluatePredictionsAutomatically = true
            settings.revealPreannotationsInteractively = true
            settings.isPublished = true
            settings.isDraft = true
            settings.modelVersion = "m1"
            settings.minAnnotationsToStartTraining = 7
            settings.pinnedAt = bench.clock.now()
            let stored = try await bench.storage.projects.insert(
                settings,
                by: bench.bob,
                enabling: []
            )
            #expect(stored.settings == settings)
            #expect(stored.createdBy == bench.bob)
            #expect(stored.configVersion == 1)
            #expect(stored.counters == ProjectCounters())
            #expect(try await bench.storage.projects.project(stored.id) == stored)
        },
        StoragePromise("plugins are enabled together with the project that needs them") { bench in
            let plugin = PluginEnablement(
                plugin: PluginVersion(id: "org.example.p", version: "1.0.0")
            )
            let project = try await bench.storage.projects.insert(
                ProjectSettings(),
                by: bench.ann,
                enabling: [plugin]
            )
            #expect(try await bench.storage.plugins.enablements(in: project.id) == [plugin])
        },
        StoragePromise("each changed labeling config is a version, and old ones stay") { bench in
            let projects = bench.storage.projects
            let id = try await bench.project { $0.labelConfig = "<View>1</View>" }
            let second = try await projects.update(id, enabling: [], by: bench.ann) {
                $0.labelConfig = "<View>2</View>"
            }
            #expect(second.configVersion == 2)
            let same = try await projects.update(id, enabling: [], by: bench.ann) {
                $0.title = "other"
            }
            #expect(same.configVersion == 2)
            #expect(same.settings.title == "other")
            #expect(try await projects.labelConfig(id, version: 1) == "<View>1</View>")
            #expect(try await projects.labelConfig(id, version: 2) == "<View>2</View>")
            #expect(try await projects.labelConfig(id, version: 3) == nil)
        },
        StoragePromise("changes of one project never overwrite each other") { bench in
            let id = try await bench.project()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        _ = try await bench.storage.projects.update(id, enabling: [], by: bench.ann)
                        {
                            $0.minAnnotationsToStartTraining += 1
                        }
                    }
                }
                try await group.waitForAll()
            }
            let project = try await bench.storage.projects.project(id)
            #expect(project?.settings.minAnnotationsToStartTraining == 32)
        },
        StoragePromise("pages show pinned projects first, then the newest") { bench in
            let projects = bench.storage.projects
            let old = try await bench.project()
            let pin = bench.clock.now()
            let pinned = try await bench.project { $0.pinnedAt = pin }
            let new = try await bench.project()
            let first = try await projects.page(ProjectQuery(), number: 1, size: 2)
            #expect(first.projects.map(\.id) == [pinned, new])
            #expect(first.total == 3)
            let second = try await projects.page(ProjectQuery(), number: 2, size: 2)
            #expect(second.projects.map(\.id) == [old])
            let third = try await projects.page(ProjectQuery(), number: 3, size: 2)
            #expect(third.projects.isEmpty)
            #expect(third.total == 3)
        },
        StoragePromise("projects are picked by id and pin, and sorted") { bench in
            let projects = bench.storage.projects
            let pin = bench.clock.now()
            let b = try await bench.project { $0.title = "b" }
            let a = try await bench.project {
                $0.title = "A"
                $0.pinnedAt = pin
            }
            let c = try await bench.project { $0.title = "c" }
            _ = try await bench.tasks(2, in: b)
            func ids(_ change: (inout ProjectQuery) -> Void) async throws -> [ProjectID] {
                var query = ProjectQuery()
                change(&query)
                let found = try await projects.page(query, number: 1, size: 10)
                #expect(found.total == found.projects.count)
                return found.projects.map(\.id)
            }
            #expect(try await ids { $0.ids = [c, b] } == [c, b])
            #expect(try await ids { $0.ids = [] }.isEmpty)
            #expect(try await ids { $0.pinned = .only } == [a])
            #expect(try await ids { $0.pinned = .excluded } == [c, b])
            #expect(try await ids { $0.order = .title } == [a, b, c])
            #expect(try await ids { ($0.order, $0.isDescending) = (.title, true) } == [c, b, a])
            #expect(try await ids { $0.order = .id } == [b, a, c])
            #expect(try await ids { $0.order = .createdAt } == [b, a, c])
            #expect(
                try await ids { ($0.order, $0.isDescending) = (.taskNumber, true) }.first == b
            )
        },
        StoragePromise("a title is searched for literally and without regard to case") { bench in
            let wanted = try await bench.project { $0.title = "100% of_them" }
            _ = try await bench.project { $0.title = "1000 ofXthem" }
            var query = ProjectQuery()
            query.titleContains = "0% OF_"
            let found = try await bench.storage.projects.page(query, number: 1, size: 10)
            #expect(found.projects.map(\.id) == [wanted])
            #expect(found.total == 1)
        },
        StoragePromise("a deleted project is gone with everything in it") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            let annotation = try await bench.annotate(tasks[0], by: bench.ann)
            let file = try await bench.storage.files.insert(
                path: "1/a",
                byteCount: 1,
                project: project,
                by: bench.ann
            )
            let open = try await bench.storage.tasks.beginImport(into: project, by: bench.ann)
            _ = try await bench.storage.tasks.append(
                StorageBench.newTasks(2),
                to: open,
                file: nil
            )
            try await bench.storage.projects.delete(project)
            #expect(try await bench.storage.projects.project(project) == nil)
            #expect(try await bench.storage.tasks.task(tasks[1]) == nil)
            #expect(try await bench.storage.annotations.annotation(annotation.id) == nil)
            #expect(try await bench.storage.files.file(file.id) == nil)
            #expect(try await bench.storage.projects.labelConfig(project, version: 1) == nil)
            await expect(.notFound) { try await bench.storage.projects.delete(project) }
            await expect(.notFound) {
                _ = try await bench.storage.tasks.append([], to: open, file: nil)
            }
            #expect(try await bench.project() > project)
        },
        StoragePromise("a changed overlap reaches tasks that nobody has annotated") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            try await bench.annotate(tasks[0], by: bench.ann)
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.maximumAnnotations = 2
            }
            #expect(try await bench.task(tasks[0]).overlap == 1)
            #expect(try await bench.task(tasks[0]).isLabeled)
            #expect(try await bench.task(tasks[1]).overlap == 2)
            #expect(try await bench.counters(of: project).finishedTasks == 1)
        },
        StoragePromise("the overlap's cohort is the share that the project asks for") { bench in
            let project = try await bench.project(overlap: 3) { $0.overlapCohortPercentage = 40 }
            let ids = try await bench.tasks(50, in: project)
            let page = try await bench.storage.tasks.page(of: project, number: 1, size: 50)
            #expect(page.filter { $0.overlap == 3 }.count == 20)
            #expect(page.filter { $0.overlap == 1 }.count == 30)
            #expect(page.prefix(10).filter { $0.overlap == 3 }.count == 4)
            _ = ids
        },
        StoragePromise("a changed skip rule decides anew which tasks are labeled") { bench in
            let project = try await bench.project { $0.skipQueue = .requeueForOthers }
            let task = try await bench.tasks(1, in: project)[0]
            try await bench.skip(task, by: bench.ann)
            #expect(try await bench.task(task).isLabeled == false)
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.skipQueue = .ignoreSkipped
            }
            #expect(try await bench.task(task).isLabeled)
            #expect(try await bench.counters(of: project).finishedTasks == 1)
        },
    ]
}
