package io.leeway.stack;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How a process is asked to end. */
public enum Signal {
    /** The usual request; to PostgreSQL it means "when the last client has left". */
    TERM,
    /** PostgreSQL's fast shutdown: disconnects its clients, then writes a checkpoint. */
    INT;

    void sendTo(ProcessHandle process) {
        if (this == TERM) {
            process.destroy();
            return;
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            throw new StackException("must be on the PATH: command=kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
