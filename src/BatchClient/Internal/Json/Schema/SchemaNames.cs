namespace BatchGateway.Internal.Json;

/// <summary>Names for schemas, made of the names of types.</summary>
internal static class SchemaNames
{
    private const int Longest = 64;

    /// <summary>A name that fits <c>[a-zA-Z0-9_-]{1,64}</c>.</summary>
    public static string Of(Type type)
    {
        string name = string.Concat(Whole(type).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        return name[..Math.Min(name.Length, Longest)];
    }

    private static string Whole(Type type)
    {
        if (type.IsArray)
            return $"{Whole(type.GetElementType()!)}Array";

        string name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}Of{string.Join("And", type.GetGenericArguments().Select(Whole))}" : name;
    }
}
