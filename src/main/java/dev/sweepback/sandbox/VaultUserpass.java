package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code auth/userpass}: login by name and password (recording: userpass-login). */
final class VaultUserpass {

    private record User(String password, List<String> policies) {}

    private final VaultLogins logins;
    private final Map<String, User> users = new HashMap<>();

    VaultUserpass(VaultLogins logins) {
        this.logins = logins;
    }

    void user(String name, String password, List<String> policies) {
        users.put(name, new User(password, List.copyOf(policies)));
    }

    TwinResponse login(Call call) {
        String name = call.at("user");
        User user = users.get(name);
        if (user == null || !user.password().equals(Json.text(call.body(), "password", ""))) {
            throw VaultAnswers.error(400, "invalid username or password");
        }
        return logins.answer(new VaultLogins.Login(
                "auth/userpass/login/" + name,
                "userpass-" + name,
                name,
                Json.object().put("username", name),
                user.policies(),
                true,
                Duration.ofHours(1),
                Duration.ofDays(32),
                Duration.ZERO,
                Duration.ZERO,
                0,
                List.of()));
    }
}
