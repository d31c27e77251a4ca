using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>An answer that is ready to be sent, or not, as the faults have it.</summary>
internal sealed record Reply(int Status, string? ContentType, ReplyBody Body)
{
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; private init; } = [];

    public static Reply Text(int status, string body, string contentType) =>
        new(status, body.Length == 0 ? null : contentType, new BytesBody(Encoding.UTF8.GetBytes(body)));

    public static Reply Json(Action<Utf8JsonWriter> write, int status = 200)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, JsonText.WriterOptions))
            write(writer);
        return new Reply(status, "application/json", new BytesBody(buffer.WrittenSpan.ToArray()));
    }

    public static Reply Error(int status, string message, string? param = null, string? code = null) =>
        Text(status, ErrorJson.Write(message, param, code, ErrorJson.TypeFor(status)), "application/json");

    public static Reply Redirect(string location) => Text(302, "", "application/json").With("Location", location);

    public Reply With(string name, string value) => this with { Headers = Headers.Add(new(name, value)) };
}
