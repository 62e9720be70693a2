// The program in whose processes plugins run. Started by the daemon, never by hand.
//
//   postil-plugin-runner --spawner SOCKET
#include "spawner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **arguments) {
    if (count == 3 && strcmp(arguments[1], "--spawner") == 0) {
        return postil_spawner_run(atoi(arguments[2]));
    }
    fputs("postil-plugin-runner runs plugins for the Postil daemon, which starts it by itself.\n",
          stderr);
    return 64;
}
