using System.Text.Json;

namespace BatchGateway.Tests.Models;

/// <summary>What the five open sets have in common.</summary>
[TestFixture(typeof(BatchStatus))]
[TestFixture(typeof(BatchEndpoint))]
[TestFixture(typeof(FilePurpose))]
[TestFixture(typeof(FileStatus))]
[TestFixture(typeof(BatchErrorCode))]
public sealed class OpenStringTests<T> where T : struct, IEquatable<T>
{
    [TestCase("in_progress")]
    [TestCase("InProgress")]
    [TestCase("/v1/chat/completions")]
    [TestCase("__x__")]
    [TestCase("ünknown 漢字")]
    public void ToString_AnyText_IsTheWireText(string text) => Assert.That(Make(text).ToString(), Is.EqualTo(text));

    [TestCase(null)]
    [TestCase("")]
    public void Constructor_NoText_IsDefault(string? text)
    {
        Assert.That(Make(text), Is.EqualTo(default(T)));
        Assert.That(Make(text).GetHashCode(), Is.EqualTo(default(T).GetHashCode()));
        Assert.That(Make(text).ToString(), Is.Empty);
    }

    [TestCase("in_progress", "InProgress")]
    [TestCase("in_progress", "IN_PROGRESS")]
    [TestCase("in_progress", "_in__progress_")]
    [TestCase("a", "A")]
    [TestCase("ü", "Ü")]
    public void Equals_CaseAndUnderscoresApart_AreEqual(string left, string right) => AssertEquality(left, right, areEqual: true);

    [TestCase("in_progress", "in-progress")]
    [TestCase("in_progress", "in progress")]
    [TestCase("in_progress", "in_progres")]
    [TestCase("in_progress", "in_progresss")]
    [TestCase("cancelled", "canceled")]
    [TestCase("validating", "")]
    [TestCase("queued", "validating")]
    [TestCase("é", "e")]
    [TestCase("𐐀", "𐐁")]
    public void Equals_AnythingElseApart_AreDifferent(string left, string right) => AssertEquality(left, right, areEqual: false);

    // Outside the basic plane there are letters with cases too; whatever equality says of them, the hash must say it as well.
    [TestCase("𐐀", "𐐨")]
    [TestCase("ı", "I")]
    [TestCase("ß", "SS")]
    [TestCase("K", "k")]
    [TestCase("ſ", "s")]
    public void GetHashCode_EqualValues_Agree(string left, string right)
    {
        if (Make(left).Equals(Make(right)))
            Assert.That(Make(left).GetHashCode(), Is.EqualTo(Make(right).GetHashCode()));
        else
            Assert.That(new HashSet<T> { Make(left), Make(right) }, Has.Count.EqualTo(2));
    }

    [TestCase("\"x_y\"", "x_y")]
    [TestCase("\"\"", "")]
    [TestCase("null", "")]
    [TestCase("7", "7")]
    [TestCase("7.50", "7.50")]
    [TestCase("true", "true")]
    [TestCase("""{"a":1}""", """{"a":1}""")]
    [TestCase("[1, 2]", "[1, 2]")]
    public void Json_AnyValue_IsReadAsItsText(string json, string text) =>
        Assert.That(JsonSerializer.Deserialize<T>(json).ToString(), Is.EqualTo(text));

    [TestCase("InProgress", "\"InProgress\"")]
    [TestCase("", "null")]
    [TestCase(null, "null")]
    public void Json_Value_IsWrittenAsItWas(string? text, string json) => Assert.That(JsonSerializer.Serialize(Make(text)), Is.EqualTo(json));

    private static void AssertEquality(string left, string right, bool areEqual)
    {
        T one = Make(left), other = Make(right);
        bool byOperator = (bool)typeof(T).GetMethod("op_Equality")!.Invoke(null, [one, other])!;
        bool byInequality = (bool)typeof(T).GetMethod("op_Inequality")!.Invoke(null, [one, other])!;

        Assert.That(one.Equals(other), Is.EqualTo(areEqual));
        Assert.That(other.Equals(one), Is.EqualTo(areEqual));
        Assert.That(one.Equals((object)other), Is.EqualTo(areEqual));
        Assert.That(byOperator, Is.EqualTo(areEqual));
        Assert.That(byInequality, Is.EqualTo(!areEqual));
        if (areEqual)
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one.Equals(left), Is.False, "a string is no value of the set");
    }

    private static T Make(string? text) => (T)Activator.CreateInstance(typeof(T), text)!;
}
