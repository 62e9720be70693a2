import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let labelPromises: [StoragePromise] = [
        StoragePromise("a label of one value and title is one, with a link for each control") {
            bench in
            let labels = bench.storage.labels
            let first = try await bench.project()
            let second = try await bench.project()
            let made = try await labels.insert(
                [new("car", in: first, "a"), new("car", in: first, "b"), new("bus", in: second)],
                by: bench.ann
            )
            #expect(made[0].id == made[1].id && made[2].id != made[0].id)
            let again = try await labels.insert([new("car", in: second)], by: bench.bob)
            #expect(again.map(\.id) == [made[0].id] && again[0].createdBy == bench.ann)
            let car = try #require(try await labels.label(made[0].id))
            #expect(car.projects == [first, first, second])
            let links = try await labels.links(of: first, number: 1, size: 10)
            #expect(links.total == 2 && links.links.map(\.fromName) == ["a", "b"])
            let page = try await labels.labels(number: 2, size: 1)
            #expect(page.total == 2 && page.labels.map(\.id) == [made[2].id])
            try await bench.storage.projects.delete(first)
            #expect(try await labels.label(car.id)?.projects == [second])
        },
        StoragePromise("labels are made all or none, changed, and deleted with their links") {
            bench in
            let labels = bench.storage.labels
            let project = try await bench.project()
            await expect(.notFound) {
                _ = try await labels.insert(
                    [new("car", in: project), new("bus", in: ProjectID(99))],
                    by: bench.ann
                )
            }
            #expect(try await labels.labels(number: 1, size: 9).total == 0)
            let made = try await labels.insert(
                [new("car", in: project), new("bus", in: project)],
                by: bench.ann
            )
            var content = made[0].content
            content.isApproved = true
            content.description = "with wheels"
            let changed = try await labels.update(made[0].id, content, approver: bench.bob)
            #expect(changed.content == content && changed.approvedBy == bench.bob)
            #expect(changed.updatedAt > made[0].updatedAt && changed.links == made[0].links)
            await expect(.duplicate) {
                _ = try await labels.update(made[1].id, made[0].content, approver: nil)
            }
            try await labels.delete(made[0].id)
            await expect(.notFound) { try await labels.delete(made[0].id) }
            await expect(.notFound) {
                _ = try await labels.update(made[0].id, content, approver: nil)
            }
            #expect(try await labels.links(of: nil, number: 1, size: 9).total == 1)
        },
        StoragePromise("links are found, changed and deleted") { bench in
            let labels = bench.storage.labels
            let project = try await bench.project()
            let made = try await labels.insert([new("car", in: project)], by: bench.ann)
            let link = try await labels.link(made[0].id, to: project, fromName: "other")
            #expect(try await labels.link(made[0].id, to: project, fromName: "other") == link)
            #expect(try await labels.link(link.id) == link)
            var moved = link
            moved.fromName = "third"
            #expect(try await labels.update(moved) == moved)
            var taken = moved
            taken.fromName = "box"
            await expect(.duplicate) { _ = try await labels.update(taken) }
            await expect(.notFound) {
                _ = try await labels.link(SharedLabelID(99), to: project, fromName: "x")
            }
            try await labels.delete(link.id)
            #expect(try await labels.link(link.id) == nil)
            await expect(.notFound) { try await labels.delete(link.id) }
            await expect(.notFound) { _ = try await labels.update(moved) }
        },
        StoragePromise("a result is replaced only where the old one still stands") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let drafts = bench.storage.drafts
            let draft = try await drafts.save(
                result: "[1]",
                leadTime: 1,
                wasPostponed: false,
                on: task,
                annotation: nil,
                by: bench.ann
            )
            #expect(try await drafts.replaceResult(of: draft.id, "[2]", with: "[3]") == false)
            #expect(try await drafts.draft(draft.id) == draft)
            #expect(try await drafts.replaceResult(of: draft.id, "[1]", with: "[3]"))
            #expect(try await drafts.draft(draft.id)?.result == "[3]")
            let predictions = bench.storage.predictions
            let made = try await predictions.insert([
                (task, NewPrediction(result: "[1]", score: 0.5, misfit: "no"))
            ])[0]
            #expect(
                try await predictions.replaceResult(of: made.id, "[2]", with: "[3]", misfit: nil)
                    == false
            )
            #expect(
                try await predictions.replaceResult(of: made.id, "[1]", with: "[3]", misfit: nil)
            )
            let kept = try #require(try await predictions.prediction(made.id))
            #expect(kept.result == "[3]" && kept.misfit == nil && kept.score == 0.5)
        },
    ]

    private static func new(
        _ name: String,
        in project: ProjectID,
        _ control: String = "box"
    ) -> NewSharedLabel {
        var writer = JSONWriter()
        writer.value(name)
        return NewSharedLabel(
            content: SharedLabelContent(
                value: RawJSON(checked: writer.bytes),
                title: name,
                description: nil,
                isApproved: false
            ),
            project: project,
            fromName: control
        )
    }
}
