internal import Contracts
internal import LabelModel
internal import LabelingService

extension MetricReport {
    /// A metric among those of a project.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", metric.name)
            writer.member("title", metric.title)
            writer.member("description", metric.description)
            writer.member("plugin", plugin.id)
            writer.member("version", plugin.version)
            writer.member("subject", metric.subject.rawValue)
            writer.member("symmetric", metric.isSymmetric)
            writer.member("minimum", metric.minimum)
            writer.member("maximum", metric.maximum)
            writer.member("better", metric.better.rawValue)
            writer.key("result_types")
            writer.strings(metric.resultTypes)
            writer.member("settings", settings)
            writer.member("enabled", isEnabled)
            writer.key("reason")
            reason.write(to: &writer)
        }
    }
}

extension TaskAgreement {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("task", task.rawValue)
            writer.key("answers")
            writer.array { writer in
                for answer in answers { answer.write(to: &writer) }
            }
            writer.key("metrics")
            writer.array { writer in
                for judgement in judgements { judgement.write(to: &writer) }
            }
        }
    }
}

extension TaskAgreement.Judgement {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("metric")
            metric.write(to: &writer)
            writer.member("mean", mean)
            writer.key("scores")
            writer.array { writer in
                for score in scores { score.write(to: &writer) }
            }
            writer.key("reason")
            reason.write(to: &writer)
        }
    }
}

extension TaskAgreement.Score {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("first")
            first.write(to: &writer)
            writer.key("second")
            if let second { second.write(to: &writer) } else { writer.null() }
            writer.member("score", score.value)
            writer.key("parts")
            writer.array { writer in
                for part in score.parts {
                    writer.object { writer in
                        writer.member("label", part.label)
                        writer.member("score", part.score)
                        writer.member("weight", part.weight)
                    }
                }
            }
        }
    }
}

extension JudgedAnswer {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("kind", kind.rawValue)
            writer.member("completed_by", completedBy?.rawValue)
            writer.member("model_version", modelVersion)
        }
    }
}

extension ProjectAgreement {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("metric")
            metric.write(to: &writer)
            writer.member("mean", overall?.mean)
            writer.member("minimum", minimum)
            writer.member("maximum", maximum)
            writer.member("scores", Int(overall?.count ?? 0))
            writer.member("without_score", withoutScore)
            writer.member("tasks", judgedTasks)
            writer.key("labels")
            writer.array { writer in
                for (label, tally) in labels.sorted(by: { $0.key < $1.key }) {
                    writer.object { writer in
                        writer.member("label", label)
                        writer.member("mean", tally.mean)
                        writer.member("weight", tally.count)
                    }
                }
            }
            writer.key("annotators")
            writer.array { writer in
                for (people, tally) in sortedAnnotators {
                    writer.object { writer in
                        writer.member("first", people.first.rawValue)
                        writer.member("second", people.second.rawValue)
                        writer.member("mean", tally.mean)
                        writer.member("scores", Int(tally.count))
                    }
                }
            }
            writer.member("cut", isCut)
        }
    }

    private var sortedAnnotators: [(key: Annotators, value: Tally)] {
        annotators.sorted {
            ($0.key.first.rawValue, $0.key.second.rawValue)
                < ($1.key.first.rawValue, $1.key.second.rawValue)
        }
    }
}
