using System.Text.Json;

namespace BatchGateway.Fuzz.Inputs;

/// <summary>Where the values of a JSON text stand, as far as it can be read: what is done to it is done to its bytes.</summary>
internal sealed class JsonMap
{
    private readonly List<JsonPlace> _places = [];

    private JsonMap()
    {
    }

    public IReadOnlyList<JsonPlace> Places => _places;

    public static JsonMap Of(ReadOnlySpan<byte> json)
    {
        JsonMap map = new();
        try
        {
            Utf8JsonReader reader = new(json, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 10_000, AllowMultipleValues = true }));
            map.Read(ref reader);
        }
        catch (JsonException)
        {
            // What came before it is known.
        }

        return map;
    }

    private void Read(ref Utf8JsonReader reader)
    {
        Stack<(int Name, int Start)> open = new();
        int name = -1;
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex, end = (int)reader.BytesConsumed;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = start;
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push((name, start));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    (int itsName, int itsStart) = open.Pop();
                    _places.Add(new JsonPlace(itsName, itsStart, end));
                    break;
                default:
                    _places.Add(new JsonPlace(name, start, end));
                    break;
            }

            name = -1;
        }
    }
}
