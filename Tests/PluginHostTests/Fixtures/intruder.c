// Tries what a plugin must not, and writes down how that went: "NAME allowed" or "NAME ERROR".
#define _GNU_SOURCE
#include <postil/exporter.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const postil_sinks_t *sinks;
static uint64_t sink;
static char outside[512], database[512];
static int64_t daemon_process;

static postil_status_t open_intruder(const postil_exporter_open_t *arguments, void **instance,
                                     postil_error_t *error) {
    postil_value_t context = postil_batch_value(arguments->context_borrowed, 0);
    postil_value_t settings = postil_object_named(context, "settings");
    postil_text_copy(outside, sizeof outside,
                     postil_value_text(postil_object_named(settings, "outside")));
    postil_text_copy(database, sizeof database,
                     postil_value_text(postil_object_named(settings, "database")));
    postil_value_int64(postil_object_named(settings, "daemon"), &daemon_process);
    sinks = arguments->sinks;
    *instance = NULL;
    return sinks->sink_open(sinks->context, postil_text("attempts.txt"), postil_text("text/plain"),
                            &sink, error);
}

static void tell(const char *name, long answer) {
    char line[128];
    int count = snprintf(line, sizeof line, "%s %s\n", name,
                         answer >= 0 ? "allowed" : strerrorname_np(errno));
    postil_sink_write(sinks, sink, line, (uint64_t)count, NULL);
}

static long connect_somewhere(void) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(80);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // A descriptor that is there anyhow, and one that would have to be made.
    int made = socket(AF_INET, SOCK_STREAM, 0);
    return connect(made >= 0 ? made : 3, (const struct sockaddr *)&address, sizeof address);
}

static postil_status_t consume(void *instance, const postil_batch_t *tasks, postil_error_t *error) {
    (void)instance;
    (void)tasks;
    (void)error;
    tell("passwd", open("/etc/passwd", O_RDONLY));
    tell("connect", connect_somewhere());
    tell("exec", execl("/bin/true", "true", (char *)NULL));
    tell("fork", fork());
    tell("kill", kill((pid_t)daemon_process, SIGTERM));
    tell("write", open(outside, O_CREAT | O_WRONLY, 0600));
    tell("database", open(database, O_RDONLY));
    return POSTIL_OK;
}

static postil_status_t finish(void *instance, postil_error_t *error) {
    (void)instance;
    return sinks->sink_close(sinks->context, sink, error);
}

static void nothing(void *instance) {
    (void)instance;
}

static const postil_exporter_t exporter = {
    .size = sizeof exporter,
    .reads = POSTIL_READS_TEXT,
    .open = open_intruder,
    .consume = consume,
    .finish = finish,
    .abort = nothing,
    .close = nothing,
};

static const void *get_capability(postil_bytes_t id, postil_bytes_t name) {
    (void)name;
    return postil_bytes_are(id, POSTIL_CAPABILITY_EXPORTER) ? &exporter : NULL;
}

static postil_plugin_t plugin = {
    .size = sizeof plugin,
    .abi = POSTIL_ABI_VERSION,
    .abi_minimum = POSTIL_ABI_VERSION,
    .get_capability = get_capability,
};

POSTIL_EXPORT const postil_plugin_t *postil_plugin_entry_v1(const postil_host_t *host) {
    (void)host;
    plugin.id = postil_text("org.example.intruder");
    plugin.version = postil_text("1.0.0");
    return &plugin;
}
