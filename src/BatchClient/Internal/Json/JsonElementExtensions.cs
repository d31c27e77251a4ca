using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BatchGateway.Internal.Json;

internal static class JsonElementExtensions
{
    /// <summary>
    /// The text of a string element; the JSON text of any other. A lone surrogate, at which GetString throws, leaves the JSON text.
    /// </summary>
    public static string ReadString(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return element.ReadRawText();

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.ReadRawText();
        }
    }

    /// <summary>The JSON text of an element. Invalid UTF-8, at which GetRawText throws, leaves U+FFFD.</summary>
    public static string ReadRawText(this JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The name of a member. A lone surrogate, at which <see cref="JsonProperty.Name"/> throws, leaves U+FFFD.</summary>
    public static string ReadName(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>A member of an object, the last one of that name; false for everything that is no object.</summary>
    public static bool TryGetMember(this JsonElement element, ReadOnlySpan<byte> name, out JsonElement member)
    {
        member = default;
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // One of the names is no text; the others still are.
            return TryFindMember(element, name, out member);
        }
    }

    private static bool TryFindMember(JsonElement element, ReadOnlySpan<byte> name, out JsonElement member)
    {
        member = default;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (Has(property, name))
                member = property.Value;
        }

        return member.ValueKind != JsonValueKind.Undefined;
    }

    private static bool Has(JsonProperty property, ReadOnlySpan<byte> name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
