import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let sitePromises: [StoragePromise] = [
        StoragePromise("settings are kept by name, of the site and of each user") { bench in
            let settings = bench.storage.settings
            #expect(try await settings.value("a") == nil)
            #expect(try await settings.setIfMissing("a", to: "1") == "1")
            #expect(try await settings.setIfMissing("a", to: "2") == "1")
            try await settings.set("a", to: "3")
            #expect(try await settings.value("a") == "3")
            try await settings.set("a", of: bench.ann, to: "4")
            try await settings.set("a", of: bench.bob, to: "5")
            try await settings.set("a", of: bench.bob, to: "6")
            #expect(try await settings.value("a", of: bench.ann) == "4")
            #expect(try await settings.value("a", of: bench.bob) == "6")
            #expect(try await settings.value("a", of: bench.cid) == nil)
            await expect(.notFound) { try await settings.set("a", of: UserID(99), to: "7") }
        },
        StoragePromise("a user has one access token that works, until it ends") { bench in
            let tokens = bench.storage.accessTokens
            func token(_ id: String, _ user: UserID, at now: Timestamp) -> AccessToken {
                AccessToken(
                    id: id,
                    user: user,
                    createdAt: now,
                    expiresAt: now.adding(seconds: 60)
                )
            }
            let now = bench.clock.now()
            let first = token("a", bench.ann, at: now)
            try await tokens.insert(first)
            await expect(.duplicate) { try await tokens.insert(token("b", bench.ann, at: now)) }
            try await tokens.insert(token("c", bench.bob, at: now))
            #expect(try await tokens.token("a", at: now) == first)
            #expect(try await tokens.tokens(of: bench.ann, at: now) == [first])
            let later = now.adding(seconds: 30)
            let second = token("d", bench.ann, at: later)
            try await tokens.replace("a", with: second)
            #expect(try await tokens.token("a", at: later) == nil)
            #expect(try await tokens.tokens(of: bench.ann, at: later) == [second])
            await expect(.notFound) { try await tokens.replace("a", with: first) }
            await expect(.notFound) { try await tokens.revoke("a", at: later) }
            try await tokens.revoke("d", at: later)
            #expect(try await tokens.token("d", at: later) == nil)
            // The end of its time ends a token too.
            let end = now.adding(seconds: 60)
            #expect(try await tokens.token("c", at: end) == nil)
            try await tokens.insert(token("e", bench.bob, at: end))
        },
        StoragePromise("contributions are told by user and project") { bench in
            let first = try await bench.project(overlap: 2)
            let second = try await bench.project()
            let tasks = try await bench.tasks(2, in: first)
            try await bench.annotate(tasks[0], by: bench.ann)
            try await bench.skip(tasks[1], by: bench.ann)
            try await bench.annotate(tasks[0], by: bench.bob)
            try await bench.annotate(bench.tasks(1, in: second)[0], by: bench.ann)
            let annotations = bench.storage.annotations
            #expect(
                try await annotations.contributions(in: nil) == [
                    Contribution(user: bench.ann, project: first, annotations: 2),
                    Contribution(user: bench.ann, project: second, annotations: 1),
                    Contribution(user: bench.bob, project: first, annotations: 1),
                ]
            )
            #expect(
                try await annotations.contributions(in: second) == [
                    Contribution(user: bench.ann, project: second, annotations: 1)
                ]
            )
        },
        StoragePromise("a summary counts fields, results and labels") { bench in
            let project = try await bench.project()
            let tasks = try await bench.storage.tasks.insert(
                [NewTask(data: #"{"a":1,"b":2}"#), NewTask(data: #"{"a":1}"#)],
                into: project,
                by: bench.ann,
                file: nil
            )
            try await bench.annotate(tasks[0], by: bench.ann) {
                $0.result = #"""
                    [{"from_name":"c","to_name":"t","type":"choices","value":{"choices":["x","y"]}},
                    {"from_name":"c","to_name":"t","type":"choices","value":{"choices":["x"]}},
                    {"type":"relation","from_id":"1"}]
                    """#
            }
            try await bench.skip(tasks[1], by: bench.ann)
            let summary = try await bench.storage.projects.summary(of: project)
            #expect(summary.tasks == 2)
            #expect(summary.fields.map(\.name) == ["a", "b"])
            #expect(summary.fields.map(\.count) == [2, 1])
            #expect(summary.results == [ProjectSummary.Count(name: "c|t|choices", count: 2)])
            #expect(
                summary.labels == [
                    ProjectSummary.LabelCount(control: "c", label: "x", count: 2),
                    ProjectSummary.LabelCount(control: "c", label: "y", count: 1),
                ]
            )
            await expect(.notFound) {
                _ = try await bench.storage.projects.summary(of: ProjectID(99))
            }
        },
    ]
}
