using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchGateway.Cli.Output;

/// <summary>The one document that <c>--json</c> puts on stdout.</summary>
internal static class JsonDocuments
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object as the gateway gave it, byte for byte.</summary>
    public static void Write(ReadOnlyMemory<byte> json)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(json.Span);
        output.WriteByte((byte)'\n');
    }

    /// <summary>An array of objects as the gateway gave them.</summary>
    public static void Write(IReadOnlyList<GatewayModel> models) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (GatewayModel model in models)
            writer.WriteRawValue(model.RawJson.Span);
        writer.WriteEndArray();
    });

    public static void Write(Action<Utf8JsonWriter> write)
    {
        using Stream output = Console.OpenStandardOutput();
        using (Utf8JsonWriter writer = new(output, Indented))
            write(writer);
        output.WriteByte((byte)'\n');
    }
}
