# Sweepback in a container. Not built by the project's own checks: those run where there is no container engine.
#
#   docker build -t sweepback .
#   docker run -d --name sweepback --read-only --cap-drop ALL --security-opt no-new-privileges \
#       -v "$PWD":/etc/sweepback:ro -v sweepback:/var/lib/sweepback --env-file secrets.env sweepback
#   docker exec sweepback sweepback status
#
# /etc/sweepback     sweepback.yaml, jobs/, policies/; the user 10001 must be able to read them
# /var/lib/sweepback the home: journal, key, lock, local hand-overs. A local volume, not a network file system
#
# The daemon listens on loopback only, as it does not ask yet who calls: its health is checked from inside, and publishing
# its port leads nowhere. A file that a `file:` reference names must be mounted too.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN mvn -B -q -Dmaven.test.skip=true package
# SQLite's native library, so that nothing is unpacked into /tmp at the start: that may be read-only or noexec.
RUN mkdir native \
    && jar xf target/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
    && mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" native/

FROM eclipse-temurin:25-jre
RUN groupadd --gid 10001 sweepback \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/sweepback --shell /usr/sbin/nologin sweepback \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/sweepback \
    && install -d /etc/sweepback \
    && ln -s /opt/sweepback/sweepback /usr/local/bin/sweepback
# The launcher runs the jar beside it when there is no pom.xml; the jar finds its libraries in lib/.
COPY --from=build /build/target/lib /opt/sweepback/lib
COPY --from=build /build/native /opt/sweepback/native
COPY --from=build /build/target/sweepback.jar /opt/sweepback/
COPY --chmod=0755 sweepback /opt/sweepback/
COPY LICENSE /opt/sweepback/

# The home is $XDG_STATE_HOME/sweepback, also for `docker exec`; --home says otherwise.
ENV XDG_STATE_HOME=/var/lib \
    SWEEPBACK_JAVA_OPTS="-Dorg.sqlite.lib.path=/opt/sweepback/native -XX:-UsePerfData"
VOLUME /var/lib/sweepback
# Where sweepback.yaml is looked for; --config says otherwise.
WORKDIR /etc/sweepback
USER 10001:10001

# The image has neither curl nor wget. This relies on bash, which Ubuntu always has, and its /dev/tcp. SWEEPBACK_PORT must be
# the port of server.listen, if that is not 8443.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SWEEPBACK_PORT:-8443} && printf 'GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]

# On SIGTERM no operation is begun any more, and those in flight are settled: give it more time than `docker stop` does by
# itself (docker stop -t 120).
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/sweepback/sweepback"]
CMD ["serve"]
