using System.Text.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Internal.Json;

/// <summary>
/// The outer members of a page, its items as a place in its bytes. A document of the whole page takes thirty times as much memory as the page
/// when the items are small, as those of a page are that somebody has made for that.
/// </summary>
internal struct PageEnvelope
{
    /// <summary>The array with the items; null when this is no list.</summary>
    public Range? Items { get; private set; }

    /// <summary>The cursor that the page names itself.</summary>
    public string? LastId { get; private set; }

    public bool? HasMore { get; private set; }

    /// <summary>Reads the whole page. Of members that are there twice the last one counts.</summary>
    /// <exception cref="JsonException">The page is no JSON.</exception>
    public static PageEnvelope Read(ReadOnlySpan<byte> json)
    {
        PageEnvelope page = default;
        Utf8JsonReader reader = new(json, LineJson.ReaderOptions);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            page.ReadMembers(ref reader);
        else
            page.Items = ArrayAt(ref reader);
        // Anything after the value is no JSON; the reader says so here.
        reader.Read();
        return page;
    }

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        Range? data = null, value = null;
        bool dataIsNull = false, isList = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.NameIs("data"u8))
                (data, dataIsNull) = (Next(ref reader), reader.TokenType == JsonTokenType.Null);
            else if (reader.NameIs("value"u8))
                value = Next(ref reader);
            else if (reader.NameIs("object"u8))
                isList = NextText(ref reader) == "list";
            else if (reader.NameIs("last_id"u8))
                LastId = NextText(ref reader) is { Length: > 0 } id ? id : null;
            else if (reader.NameIs("has_more"u8))
                HasMore = NextFlag(ref reader);
            else
                Next(ref reader);
        }

        // Some servers write an empty list as null; without the name of a list it may as well be an error.
        Items = data ?? value ?? (isList && dataIsNull ? 0..0 : null);
    }

    /// <summary>Passes over a value.</summary>
    /// <returns>Where it stands, when it is an array.</returns>
    private static Range? Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ArrayAt(ref reader);
    }

    private static Range? ArrayAt(ref Utf8JsonReader reader)
    {
        bool isArray = reader.TokenType == JsonTokenType.StartArray;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return isArray ? start..(int)reader.BytesConsumed : null;
    }

    private static string? NextText(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? reader.ReadString() : null;
        reader.Skip();
        return text;
    }

    private static bool? NextFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool? flag = reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => null,
        };
        reader.Skip();
        return flag;
    }
}
