using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>A number or a text, as one personality or another writes it.</summary>
internal readonly record struct JsonScalar(long? Number, string? Text)
{
    public static JsonScalar Of(long number) => new(number, null);

    public static JsonScalar Of(string text) => new(null, text);

    public void WriteTo(Utf8JsonWriter json, string name)
    {
        if (Number is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteString(name, Text);
    }
}
