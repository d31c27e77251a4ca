namespace BatchGateway.Fuzz.Inputs;

/// <summary>Changes JSON as servers and proxies do: another type, a member less, twice or under another name, nesting, odd scalars.</summary>
internal static class JsonMutator
{
    /// <summary>Around the depths at which readers give up: 64 by default, 1000 in this library.</summary>
    private static readonly int[] Depths = [1, 2, 62, 63, 64, 65, 200, 990, 998, 999, 1000, 1001, 1200];

    public static byte[] Mutate(byte[] json, byte[] other, Dice dice)
    {
        IReadOnlyList<JsonPlace> places = JsonMap.Of(json).Places;
        if (places.Count == 0)
            return ByteMutator.Mutate(json, other, dice);

        JsonPlace place = dice.Pick(places);
        return dice.Below(16) switch
        {
            0 or 1 or 2 or 3 => Splice.Replace(json, place.Start, place.End, dice.Pick(OddValues.Scalars)),
            4 or 5 => Drop(json, place),
            6 => Duplicate(json, place, dice.Pick(OddValues.Scalars)),
            7 => Duplicate(json, place, json.AsSpan(place.Start, place.End - place.Start)),
            8 or 9 => Rename(json, place, dice),
            10 => AddMember(json, place, dice),
            11 => Nest(json, place, dice),
            12 => Quote(json, place),
            13 => Transplant(json, place, dice.Pick(places), json),
            14 => JsonMap.Of(other).Places is { Count: > 0 } donors ? Transplant(json, place, dice.Pick(donors), other) : json,
            _ => Splice.Insert(json, dice.OneIn(2) ? place.Start : place.End, dice.OneIn(4) ? "\r\n"u8 : " "u8),
        };
    }

    private static byte[] Drop(byte[] json, JsonPlace place)
    {
        int start = place.First, end = place.End;
        if (end < json.Length && json[end] == (byte)',')
            end++;
        else if (start > 0 && json[start - 1] == (byte)',')
            start--;
        return Splice.Remove(json, start, end);
    }

    private static byte[] Duplicate(byte[] json, JsonPlace place, ReadOnlySpan<byte> value) =>
        Splice.Insert(json, place.End, [(byte)',', .. json.AsSpan(place.First, place.Start - place.First), .. value]);

    private static byte[] Rename(byte[] json, JsonPlace place, Dice dice)
    {
        if (!place.IsMember)
            return Splice.Replace(json, place.Start, place.End, dice.Pick(OddValues.Scalars));

        int start = place.Name + 1, length = json.AsSpan(start).IndexOf((byte)'"');
        if (length <= 0 || dice.OneIn(2))
            return Splice.Replace(json, start, start + Math.Max(length, 0), dice.Pick(OddValues.Names));

        int at = start + dice.Below(length);
        return dice.OneIn(2)
            ? Splice.Replace(json, at, at + 1, [(byte)(json[at] ^ 0x20)])
            : Splice.Replace(json, at, at + 1, Corpus.Utf8($"\\u{json[at]:x4}"));
    }

    private static byte[] AddMember(byte[] json, JsonPlace place, Dice dice)
    {
        byte[] member = [(byte)'"', .. dice.Pick(OddValues.Names), (byte)'"', (byte)':', .. dice.Pick(OddValues.Scalars)];
        return place.IsMember ? Splice.Insert(json, place.Name, [.. member, (byte)',']) : Splice.Replace(json, place.Start, place.End, [(byte)'{', .. member, (byte)'}']);
    }

    private static byte[] Nest(byte[] json, JsonPlace place, Dice dice)
    {
        int depth = dice.Pick(Depths);
        bool isArray = dice.OneIn(2);
        string open = isArray ? "[" : "{\"error\":", close = isArray ? "]" : "}";
        return Splice.Replace(
            json, place.Start, place.End,
            [.. Corpus.Utf8(string.Concat(Enumerable.Repeat(open, depth))), .. json.AsSpan(place.Start, place.End - place.Start), .. Corpus.Utf8(string.Concat(Enumerable.Repeat(close, depth)))]);
    }

    private static byte[] Quote(byte[] json, JsonPlace place) =>
        Splice.Replace(json, place.Start, place.End, [(byte)'"', .. json.AsSpan(place.Start, place.End - place.Start).ToArray().Where(b => b is not ((byte)'"' or (byte)'\\')), (byte)'"']);

    private static byte[] Transplant(byte[] json, JsonPlace place, JsonPlace donor, byte[] from) =>
        Splice.Replace(json, place.Start, place.End, from.AsSpan(donor.Start, donor.End - donor.Start));
}
