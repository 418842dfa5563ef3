package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Secrets;
import java.net.URI;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;

/** The way to a system: straight, or through the proxy that its connection names and no other. */
final class Proxies {

    private static final int HTTP_PORT = 80;

    private Proxies() {}

    static HttpRoutePlanner route(Connection connection) {
        return connection
                .proxy()
                .<HttpRoutePlanner>map(proxy -> new DefaultProxyRoutePlanner(host(proxy.url())))
                .orElseGet(() -> new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE));
    }

    /** Known to the proxy alone: what the system itself asks for is not answered by the client. */
    static CredentialsProvider credentials(Connection connection, Secrets secrets) {
        Credential password = new Credential(connection, Connection.Proxy.PASSWORD, secrets);
        return (scope, context) -> connection
                .proxy()
                .filter(proxy -> isFor(scope, host(proxy.url())))
                .flatMap(Connection.Proxy::user)
                .map(user -> new UsernamePasswordCredentials(
                        user, password.get().reveal().toCharArray()))
                .orElse(null);
    }

    private static boolean isFor(AuthScope scope, HttpHost proxy) {
        return proxy.getHostName().equalsIgnoreCase(scope.getHost()) && proxy.getPort() == scope.getPort();
    }

    private static HttpHost host(URI url) {
        return new HttpHost(url.getScheme(), url.getHost(), url.getPort() < 0 ? HTTP_PORT : url.getPort());
    }
}
