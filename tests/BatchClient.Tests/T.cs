namespace BatchGateway.Tests; public class T { [Test] public void A_B_C() { Assert.That(System.Environment.Version.Major, Is.GreaterThan(7)); } }
