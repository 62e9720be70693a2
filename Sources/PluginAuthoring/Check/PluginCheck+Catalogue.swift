extension PluginCheck {
    /// Every check, in the order in which they run.
    public static let all: [PluginCheck] =
        package + elf + library + exporter + importSource + tag + metric + binding + sandbox

    static let package = [
        PluginCheck("package.manifest", .package, 1, "the manifest is no manifest"),
        PluginCheck("package.files", .package, 1, "a listed file is missing or outside"),
        PluginCheck("package.digests", .package, 1, "a file is not the one that its digest says"),
        PluginCheck("package.plain-files", .package, 1, "the package holds links or devices"),
        PluginCheck("package.declared", .package, 2, "a library has no digest in the manifest"),
    ]

    static let elf = [
        PluginCheck("elf.architecture", .package, 1, "the library is none for this machine"),
        PluginCheck("elf.one-symbol", .package, 2, "more than the entry is exported"),
        PluginCheck("elf.text-relocations", .package, 2, "code is changed when it is loaded"),
        PluginCheck("elf.executable-stack", .package, 2, "the stack has to be executable"),
        PluginCheck("elf.writable-code", .package, 2, "memory is writable and executable at once"),
        PluginCheck("elf.static-tls", .package, 2, "thread-local storage of the static kind"),
        PluginCheck("elf.run-path", .package, 2, "libraries are looked for at fixed paths"),
    ]

    static let library = [
        PluginCheck("load.library", .library, 3, "it cannot be loaded, or says it is another one"),
        PluginCheck(
            "load.constructors",
            .library,
            3,
            "loading makes threads, files or connections"
        ),
        PluginCheck("load.entry-repeats", .library, 3, "the entry gives another table each time"),
        PluginCheck("load.entry-threads", .library, 3, "the entry cannot be called from 8 threads"),
        PluginCheck("load.older-host", .library, 3, "a host that is too old is accepted"),
        PluginCheck("contract.offers", .library, 3, "a listed capability is not there"),
        PluginCheck("contract.unknown", .library, 4, "an unknown capability gives a table"),
        PluginCheck("abi.newer-host", .library, 4, "a newer host is refused"),
    ]

    static let exporter = [
        PluginCheck("exporter.contract.table", .exporter, 4, "the table is incomplete"),
        PluginCheck("exporter.contract.empty", .exporter, 4, "an empty export fails"),
        PluginCheck("exporter.contract.abort", .exporter, 4, "an export cannot be given up"),
        PluginCheck(
            "exporter.contract.reopen",
            .exporter,
            5,
            "10,000 exports leave descriptors or threads",
            deadlineSeconds: 120
        ),
        PluginCheck(
            "exporter.contract.side-by-side",
            .exporter,
            5,
            "two open exports disturb each other"
        ),
        PluginCheck("exporter.data.sample", .exporter, 4, "the plugin's own sample fails"),
        PluginCheck("exporter.data.repeats", .exporter, 5, "the same tasks give other files"),
        PluginCheck(
            "exporter.data.batch-sizes",
            .exporter,
            5,
            "files depend on the size of batches"
        ),
        PluginCheck("exporter.data.given-back", .exporter, 5, "a batch is read after consume"),
        PluginCheck("exporter.data.every-kind", .exporter, 5, "a kind of node is not expected"),
        PluginCheck("exporter.data.odd", .exporter, 5, "a task is not as expected"),
        PluginCheck("exporter.data.deep", .exporter, 5, "data is nested deeply"),
        PluginCheck("exporter.data.fuzz", .exporter, 5, "tasks are changed at random"),
        PluginCheck(
            "exporter.sinks.open",
            .exporter,
            5,
            "a sink that cannot be opened goes unseen"
        ),
        PluginCheck("exporter.sinks.write", .exporter, 5, "a write that fails goes unseen"),
        PluginCheck(
            "exporter.sinks.close",
            .exporter,
            5,
            "a sink that cannot be closed crashes it"
        ),
        PluginCheck("exporter.sinks.quota", .exporter, 6, "the status of a sink is not passed on"),
        PluginCheck("exporter.sandbox.calls", .exporter, 5, "it opens files, connects or forks"),
        PluginCheck("exporter.time.cancel", .exporter, 6, "a cancelled export goes on"),
        PluginCheck("exporter.abi.newer-host", .exporter, 6, "longer structures confuse it"),
        PluginCheck("exporter.abi.small-error", .exporter, 6, "it writes beyond an older error"),
        PluginCheck("exporter.memory.slope", .exporter, 7, "exports leave memory behind"),
        PluginCheck("exporter.memory.sanitizers", .exporter, 7, "memory is used wrongly"),
        PluginCheck("exporter.threads.instances", .exporter, 8, "instances on threads differ"),
        PluginCheck("exporter.threads.moves", .exporter, 8, "an instance clings to its thread"),
        PluginCheck(
            "exporter.data.many",
            .exporter,
            9,
            "a million tasks are too many",
            deadlineSeconds: 600
        ),
        PluginCheck(
            "exporter.data.huge",
            .exporter,
            9,
            "a task of 200 MB is too large",
            deadlineSeconds: 120
        ),
    ]

    static let importSource = [
        PluginCheck("import.contract.table", .importSource, 4, "the table is incomplete"),
        PluginCheck(
            "import.data.sample",
            .importSource,
            4,
            "the sample fails, or differs each time"
        ),
        PluginCheck("import.data.empty", .importSource, 4, "no file gives a task"),
        PluginCheck(
            "import.contract.reopen",
            .importSource,
            5,
            "imports leave descriptors or threads",
            deadlineSeconds: 120
        ),
        PluginCheck("import.data.small-batches", .importSource, 5, "tasks depend on the batches"),
        PluginCheck(
            "import.data.resume",
            .importSource,
            5,
            "a resumed import gives other tasks",
            deadlineSeconds: 60
        ),
        PluginCheck("import.data.truncated", .importSource, 5, "files end too early"),
        PluginCheck("import.data.garbage", .importSource, 5, "files are random bytes"),
        PluginCheck("import.data.unreadable", .importSource, 5, "files cannot be read"),
        PluginCheck("import.sandbox.calls", .importSource, 5, "it opens files, connects or forks"),
        PluginCheck("import.time.cancel", .importSource, 6, "a cancelled import goes on"),
        PluginCheck("import.memory.slope", .importSource, 7, "imports leave memory behind"),
        PluginCheck("import.memory.sanitizers", .importSource, 7, "memory is used wrongly"),
        PluginCheck("import.threads.instances", .importSource, 8, "instances on threads differ"),
    ]

    static let tag = [
        PluginCheck("tag.contract.table", .tag, 4, "the table is incomplete"),
        PluginCheck(
            "tag.contract.missing-trees",
            .tag,
            4,
            "a tree that is NULL or empty crashes it"
        ),
        PluginCheck("tag.data.sample", .tag, 4, "the plugin's own cases are judged otherwise"),
        PluginCheck("tag.data.pure", .tag, 5, "the same question gives other answers"),
        PluginCheck("tag.data.normalize", .tag, 5, "normalizing twice differs from once"),
        PluginCheck("tag.data.measures", .tag, 5, "a measure is not listed or no number"),
        PluginCheck("tag.data.fuzz", .tag, 5, "results are changed at random"),
        PluginCheck("tag.data.browser", .tag, 5, "browser and server disagree"),
        PluginCheck("tag.sandbox.calls", .tag, 5, "it opens files, connects or forks"),
        PluginCheck("tag.memory.slope", .tag, 7, "questions leave memory behind"),
        PluginCheck("tag.memory.sanitizers", .tag, 7, "memory is used wrongly"),
        PluginCheck("tag.threads.callers", .tag, 8, "questions from 8 threads are confused"),
    ]

    static let metric = [
        PluginCheck("metric.contract.table", .metric, 4, "table and manifest say different things"),
        PluginCheck("metric.data.sample", .metric, 4, "a score is not the one of the sample"),
        PluginCheck("metric.data.pure", .metric, 5, "the same question gives another score"),
        PluginCheck("metric.data.batch", .metric, 5, "scores of a batch differ from single ones"),
        PluginCheck("metric.data.symmetric", .metric, 5, "exchanged answers give another score"),
        PluginCheck("metric.data.given-back", .metric, 5, "values are read after the call"),
        PluginCheck("metric.data.fuzz", .metric, 5, "answers are changed at random"),
        PluginCheck("metric.sandbox.calls", .metric, 5, "it opens files, connects or forks"),
        PluginCheck("metric.time.cancel", .metric, 6, "a cancelled batch goes on"),
        PluginCheck("metric.memory.slope", .metric, 7, "questions leave memory behind"),
        PluginCheck("metric.memory.sanitizers", .metric, 7, "memory is used wrongly"),
        PluginCheck("metric.threads.instances", .metric, 8, "instances on threads differ"),
    ]

    static let binding = [
        PluginCheck(
            "binding.vectors",
            .binding,
            4,
            "a bound function is missing, or answers otherwise than its test vectors"
        )
    ]

    static let sandbox = [
        PluginCheck("sandbox.denials", .library, 10, "the sandbox of this machine does not deny")
    ]
}
