using BatchGateway.Emulator;

namespace BatchGateway.Tests.Promises;

/// <summary>One thing that can happen to a create.</summary>
/// <param name="Name">As the table in the docs says it.</param>
/// <param name="Arrange">Makes it happen.</param>
/// <param name="Ends">How the create must end.</param>
/// <param name="Made">How many batches the gateway has made.</param>
/// <param name="Posts">How often the create may be on the wire; null where it never gets there.</param>
public sealed record CreateRow(string Name, Action<BatchGatewayEmulator> Arrange, CreateEnd Ends, int Made, int? Posts = 1)
{
    private const string Quota = """{"error":{"message":"You exceeded your quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}""";
    private const string Rate = """{"error":{"message":"Slow down.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}}""";
    private const string No = """{"error":{"message":"No.","type":"invalid_request_error","param":null,"code":null}}""";

    /// <summary>Where the create is sent; another than the emulator's for what goes wrong before it is sent.</summary>
    public Func<BatchGatewayEmulator, string>? Address { get; init; }

    /// <summary>The token changes after it was refused.</summary>
    public bool TokenChanges { get; init; }

    public static IReadOnlyList<CreateRow> All { get; } =
    [
        new("The gateway answers", _ => { }, CreateEnd.Batch, Made: 1),

        new("The connection is refused", _ => { }, CreateEnd.NotSent, Made: 0, Posts: null) { Address = _ => $"http://127.0.0.1:{ClosedPort()}" },
        new("The TLS handshake fails", _ => { }, CreateEnd.NotSent, Made: 0, Posts: null) { Address = emulator => $"https://127.0.0.1:{emulator.Url.Port}" },

        Refused(302, emulator => emulator.OnCreateBatch.Redirect("https://elsewhere.example/batches", 9)),
        Refused(400), Refused(401), Refused(402), Refused(403), Refused(404), Refused(405), Refused(413), Refused(415), Refused(422),
        new("401, and the token has changed", emulator => emulator.OnCreateBatch.Answer(401, No), CreateEnd.Batch, Made: 1, Posts: 2) { TokenChanges = true },
        new("429 once, then an answer", emulator => emulator.OnCreateBatch.Answer(429, Rate, retryAfter: TimeSpan.FromSeconds(7)), CreateEnd.Batch, Made: 1, Posts: 2),
        new("429 that speaks of quota", emulator => emulator.OnCreateBatch.Answer(429, Quota, times: 9), CreateEnd.Refused, Made: 0),
        new("429 until the attempts are used up", emulator => emulator.OnCreateBatch.Answer(429, Rate, times: 99), CreateEnd.Refused, Made: 0, Posts: 4),

        Unknown("408", (route, times) => route.Answer(408, times: times)),
        Unknown("409", (route, times) => route.Answer(409, No, times: times)),
        Unknown("500", (route, times) => route.Answer(500, No, times: times)),
        Unknown("501", (route, times) => route.Answer(501, times: times)),
        Unknown("502", (route, times) => route.Answer(502, "<html><title>Bad gateway</title></html>", "text/html", times: times)),
        Unknown("503 with Retry-After", (route, times) => route.Answer(503, retryAfter: TimeSpan.FromSeconds(1), times: times)),
        Unknown("504", (route, times) => route.Answer(504, times: times)),
        Unknown("A 2xx without an id", (route, times) => route.Answer(200, """{"object":"batch"}""", times: times)),
        Unknown("A 2xx that carries an error", (route, times) => route.Answer(200, No, times: times)),
        Unknown("A 2xx that is HTML", (route, times) => route.Answer(200, "<html><title>Sign in</title></html>", "text/html", times: times)),
        Unknown("The connection is reset before the work", (route, times) => route.Drop(times)),

        UnknownAfterWork("The connection is reset after the work", route => route.LoseAnswer()),
        UnknownAfterWork("502 after the work", route => route.AnswerAfterWork(502)),
        UnknownAfterWork("503 after the work", route => route.AnswerAfterWork(503)),
        UnknownAfterWork("An empty 200 after the work", route => route.AnswerAfterWork(200)),
        UnknownAfterWork("The answer is cut off", route => route.CutBody(20)),
        UnknownAfterWork("The answer never comes", route => route.Hang()),
    ];

    public override string ToString() => Name;

    private static CreateRow Refused(int status, Action<BatchGatewayEmulator>? arrange = null) =>
        new(status.ToString(System.Globalization.CultureInfo.InvariantCulture), arrange ?? (emulator => emulator.OnCreateBatch.Answer(status, No, times: 9)), CreateEnd.Refused, Made: 0);

    private static CreateRow Unknown(string name, Action<EmulatorRoute, int> arrange) =>
        new(name, emulator => arrange(emulator.OnCreateBatch, 9), CreateEnd.Unknown, Made: 0);

    private static CreateRow UnknownAfterWork(string name, Action<EmulatorRoute> arrange) =>
        new(name, emulator => arrange(emulator.OnCreateBatch), CreateEnd.Unknown, Made: 1);

    private static int ClosedPort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
